import { X } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../../i18n/translate";
import { IconButton } from "./button";

interface DialogProps {
  readonly title: string;
  readonly class?: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A modal dialog: the platform keeps the focus inside, closes on Escape and gives the focus back. */
export function Dialog({ title, onClose, children, class: extra }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const isGone = useRef(false);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => {
      isGone.current = true;
      element?.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog ${extra ?? ""}`}
      aria-labelledby={heading}
      onClose={() => {
        // Told a moment later: by then the same dialog may have been opened anew.
        if (!isGone.current) onClose();
      }}
      onPointerDown={(event) => {
        // The dialog itself is only hit outside its content: on the backdrop.
        if (event.target === dialog.current) onClose();
      }}
    >
      <div class="dialog-body">
        <div class="dialog-head">
          <h2 id={heading}>{title}</h2>
          <IconButton icon={X} label={t("dialog.close")} onClick={onClose} />
        </div>
        {children}
      </div>
    </dialog>
  );
}
