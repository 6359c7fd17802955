/** The mark of the product: a line being drawn. */
export function Brand({ size = 28 }: { readonly size?: number }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" style={{ width: size, height: size }}>
      <rect width="32" height="32" rx="8" fill="var(--brand)" />
      <path
        d="M6.5 20.5c3.2-11 7-12.6 8.6-6.2 1.5 6 4.4 5.6 8.2-2.3"
        fill="none"
        stroke="#fff"
        stroke-width="3"
        stroke-linecap="round"
      />
      <circle cx="24.6" cy="9.3" r="2.3" fill="#fff" />
    </svg>
  );
}
