import { MAX_NAME } from "../../generated/limits";
import { t } from "../../i18n/translate";
import { PERSON_COLORS } from "../../theme/palette";
import { Popover } from "../kit/popover";
import { type Person, useBoard } from "./board_model";
import { Avatar } from "./people";

/** Everybody here by name; one's own name and colour are changed in place. */
export function PeopleList(props: { readonly anchor: HTMLElement; readonly onClose: () => void }) {
  const board = useBoard();
  const people = board.people.value;
  const me = people.find((person) => person.isMe);
  const others = people.filter((person) => !person.isMe);
  return (
    <Popover
      anchor={props.anchor}
      align="end"
      class="people-list"
      label={t("people.label", { n: people.length })}
      onClose={props.onClose}
    >
      {me && <OwnName me={me} />}
      {others.length === 0 ? (
        <p class="people-alone">{t("people.alone")}</p>
      ) : (
        <ul>
          {others.map((person) => (
            <li key={person.person} class="people-row">
              <Avatar person={person} />
              <span class="people-name">{person.name}</span>
              <span class="people-note">
                {person.role === "viewer" && t("role.viewer")}
                {person.windows > 1 && t("people.windows", { n: person.windows })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  );
}

function OwnName({ me }: { readonly me: Person }) {
  const board = useBoard();
  return (
    <div class="own-name">
      <label>
        <span class="label">{t("people.yourName")}</span>
        <span class="own-name-row">
          <Avatar person={me} />
          <input
            class="field"
            type="text"
            maxLength={MAX_NAME}
            autoComplete="off"
            value={me.name}
            onChange={(event) => board.renameMe(event.currentTarget.value, me.color)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && !event.isComposing) event.currentTarget.blur();
            }}
          />
        </span>
      </label>
      <div class="own-colors" role="radiogroup" aria-label={t("people.yourColor")}>
        {PERSON_COLORS.map((color) => (
          <label key={color} class="own-color" style={{ background: color }}>
            <input
              type="radio"
              name="own-color"
              aria-label={color}
              checked={me.color === color}
              onChange={() => board.renameMe(me.name, color)}
            />
          </label>
        ))}
      </div>
    </div>
  );
}
