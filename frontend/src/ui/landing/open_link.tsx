import { useSignal } from "@preact/signals";
import { t } from "../../i18n/translate";
import type { LandingModel } from "./landing_model";

/** The field for a link that somebody sent. */
export function OpenLink({ model }: { readonly model: LandingModel }) {
  const text = useSignal("");
  const refused = useSignal(false);
  return (
    <form
      class="open-link"
      aria-label={t("landing.open")}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.value.trim() !== "") refused.value = !model.openLink(text.value);
      }}
    >
      <div class="open-link-row">
        <input
          class="field"
          type="text"
          inputMode="url"
          autoComplete="off"
          spellcheck={false}
          aria-label={t("landing.linkPlaceholder")}
          aria-invalid={refused.value}
          aria-describedby="open-link-error"
          placeholder={t("landing.linkPlaceholder")}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            refused.value = false;
          }}
        />
        <button type="submit" class="button">
          {t("landing.openButton")}
        </button>
      </div>
      <p id="open-link-error" class="open-link-error" role="alert">
        {refused.value && t("landing.badLink", { example: model.linkExample })}
      </p>
    </form>
  );
}
