/** Whether a file is meant as a picture; what it is, its bytes tell. */
export function isPicture({ type, name }: Pick<File, "type" | "name">): boolean {
  return (
    type.startsWith("image/") || /\.(png|jpe?g|webp|gif|avif|svg|hei[cf]|bmp|tiff?)$/i.test(name)
  );
}
