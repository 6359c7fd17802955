import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../../i18n/translate";
import { useEditing, type Wanted } from "../board_model";
import { isDrawn } from "./formats";

/** A picture of what is going to be exported. */
export function Preview({ wanted }: { readonly wanted: Wanted }) {
  const { exporter } = useEditing();
  const url = useSignal("");
  const isEmpty = useSignal(false);
  const { theme, ids } = wanted;
  const background = wanted.background || !isDrawn(wanted.format);
  const chosen = ids.join();
  useEffect(() => {
    let isStale = false;
    let made = "";
    const make = async () => {
      // The dialog is seen first: a large board takes a moment to paint.
      await new Promise(requestAnimationFrame);
      await new Promise((resolve) => setTimeout(resolve));
      if (isStale) return;
      const picture = await (await exporter()).preview({ ...wanted, background });
      if (isStale) return;
      isEmpty.value = picture === null;
      if (picture === null) return;
      made = URL.createObjectURL(picture);
      url.value = made;
    };
    // Without it the file can be exported all the same.
    make().catch(() => undefined);
    return () => {
      isStale = true;
      URL.revokeObjectURL(made);
    };
  }, [theme, background, chosen]);
  return (
    <div class="export-preview">
      {isEmpty.value ? (
        <p>{t("export.nothing")}</p>
      ) : (
        url.value !== "" && (
          <img
            src={url.value}
            alt={t("export.preview")}
            class={background ? "" : "transparent"}
            data-testid="export-preview"
          />
        )
      )}
    </div>
  );
}
