import { MAX_TITLE } from "../../../generated/limits";
import { t } from "../../../i18n/translate";
import { useEditing } from "../board_model";

/** What the selected picture shows, in words: for who cannot see it, and for finding it. */
export function NameRow() {
  const { editor, selected } = useEditing();
  const [image] = selected.value;
  if (image?.type !== "image") return null;
  return (
    <label class="style-row">
      <span class="label">{t("style.name")}</span>
      <input
        // A name that somebody else gives meanwhile stands in a new field.
        key={image.id + image.name}
        class="field"
        maxLength={MAX_TITLE}
        placeholder={t("style.nameHint")}
        defaultValue={image.name}
        onChange={({ currentTarget }) =>
          editor.edit([["set", image.id, { name: currentTarget.value.trim() }]])
        }
        onKeyDown={(event) => event.stopPropagation()}
      />
    </label>
  );
}
