import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { walkWithArrows } from "../../../a11y/roving_focus";
import type { Style } from "../../../editor/style";
import type { Head } from "../../../generated/protocol";
import { t } from "../../../i18n/translate";
import { Icon } from "../../kit/icon";
import { Popover } from "../../kit/popover";
import { HEAD_GLYPHS } from "./glyphs";

const OFFERED = ["none", "arrow", "triangle", "bar", "dot"] as const;

interface HeadRowProps {
  readonly style: Partial<Style>;
  readonly set: (patch: Partial<Style>) => void;
}

/** Both ends of an arrow. */
export function HeadRow({ style, set }: HeadRowProps) {
  return (
    <fieldset class="style-row">
      <legend class="label">{t("style.heads")}</legend>
      <div class="head-ends">
        <HeadEnd
          label={t("style.headStart")}
          value={style.startHead}
          mirrored
          onChoose={(startHead) => set({ startHead })}
        />
        <HeadEnd
          label={t("style.headEnd")}
          value={style.endHead}
          onChoose={(endHead) => set({ endHead })}
        />
      </div>
    </fieldset>
  );
}

interface HeadEndProps {
  readonly label: string;
  readonly value: Head | undefined;
  readonly mirrored?: boolean;
  readonly onChoose: (head: Head) => void;
}

function HeadEnd({ label, value, mirrored, onChoose }: HeadEndProps) {
  const open = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    open.value = false;
  };
  const name = value ? t(`head.${value}`) : t("style.mixed");
  // Heads of imported drawings that are not on offer are shown as the nearest that is.
  const glyph = HEAD_GLYPHS[OFFERED.find((head) => value?.startsWith(head)) ?? "none"];
  return (
    <>
      <button
        ref={button}
        type="button"
        class={mirrored ? "button head-end mirrored" : "button head-end"}
        aria-label={`${label}: ${name}`}
        aria-haspopup="menu"
        aria-expanded={open.value}
        data-tip={`${label}: ${name}`}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <Icon of={glyph} />
      </button>
      {open.value && button.current && (
        <Popover anchor={button.current} role="menu" label={label} onClose={close}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys walk its buttons. */}
          <div class="choice" onKeyDown={walkWithArrows}>
            {OFFERED.map((head) => (
              <button
                key={head}
                type="button"
                role="menuitemradio"
                class={mirrored ? "choice-button mirrored" : "choice-button"}
                aria-label={t(`head.${head}`)}
                aria-checked={head === value}
                data-tip={t(`head.${head}`)}
                onClick={() => {
                  onChoose(head);
                  close();
                }}
              >
                <Icon of={HEAD_GLYPHS[head]} />
              </button>
            ))}
          </div>
        </Popover>
      )}
    </>
  );
}
