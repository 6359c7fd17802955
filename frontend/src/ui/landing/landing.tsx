import { useSignal } from "@preact/signals";
import { LoaderCircle, Moon, Plus, Sun } from "lucide";
import { render } from "preact";
import { t } from "../../i18n/translate";
import { theme, toggleTheme } from "../../theme/theme";
import { Brand } from "../kit/brand";
import { IconButton } from "../kit/button";
import { Icon } from "../kit/icon";
import { showToast, Toasts } from "../kit/toasts";
import "./landing.css";
import type { LandingModel } from "./landing_model";
import { OpenLink } from "./open_link";
import { RecentList } from "./recent_list";

export function mountLanding(host: HTMLElement, model: LandingModel): void {
  document.title = t("app.name");
  render(<Landing model={model} />, host);
}

function Landing({ model }: { readonly model: LandingModel }) {
  return (
    <div class="landing">
      <header class="landing-head">
        <span class="landing-name">
          <Brand />
          {t("app.name")}
        </span>
        <IconButton
          icon={theme.value === "dark" ? Sun : Moon}
          label={t(theme.value === "dark" ? "theme.light" : "theme.dark")}
          onClick={toggleTheme}
        />
      </header>
      <main class="landing-main">
        <h1>
          {t("landing.headline")}
          <svg class="landing-stroke" viewBox="0 0 220 16" aria-hidden="true">
            <path d="M3 10.5C38 4 74 3.5 104 7.5s58 5.5 113-2.5" />
          </svg>
        </h1>
        <p class="landing-line">{t("app.tagline")}</p>
        <div class="landing-start">
          <NewBoard model={model} />
          <OpenLink model={model} />
        </div>
        <RecentList model={model} />
      </main>
      <footer class="landing-foot">{t("landing.foot")}</footer>
      <Toasts />
    </div>
  );
}

function NewBoard({ model }: { readonly model: LandingModel }) {
  const working = useSignal(false);
  const create = async () => {
    working.value = true;
    try {
      await model.createBoard();
    } catch (error) {
      working.value = false;
      const reason = error instanceof Error ? error.message : String(error);
      showToast({ key: "new", kind: "failed", words: t("landing.createFailed", { reason }) });
    }
  };
  return (
    <button
      type="button"
      class="button primary landing-new"
      data-testid="new-board"
      disabled={working.value}
      onClick={create}
    >
      <span class={working.value ? "spin" : ""}>
        <Icon of={working.value ? LoaderCircle : Plus} />
      </span>
      {t(working.value ? "landing.creating" : "landing.new")}
    </button>
  );
}
