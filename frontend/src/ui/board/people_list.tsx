import { Eye, Locate, Users } from "lucide";
import { MAX_NAME } from "../../generated/limits";
import { t } from "../../i18n/translate";
import { PERSON_COLORS } from "../../theme/palette";
import { IconButton } from "../kit/button";
import { Icon } from "../kit/icon";
import { Popover } from "../kit/popover";
import { type Company, type Person, useBoard } from "./board_model";
import { Avatar, countOf } from "./people";

/** Everybody here by name, to be followed or visited; one's own name and colour are changed in place. */
export function PeopleList(props: { readonly anchor: HTMLElement; readonly onClose: () => void }) {
  const board = useBoard();
  const people = board.people.value;
  const company = board.editing.value?.company ?? null;
  const me = people.find((person) => person.isMe);
  const others = people.filter((person) => !person.isMe);
  return (
    <Popover
      anchor={props.anchor}
      align="end"
      class="people-list"
      label={t("people.label", { n: countOf(people) })}
      onClose={props.onClose}
    >
      {others.length === 0 ? (
        <p class="people-alone">{t("people.alone")}</p>
      ) : (
        <ul aria-label={t("people.others")}>
          {others.map((person) => (
            <PersonRow
              key={person.person}
              person={person}
              me={me}
              company={company}
              onClose={props.onClose}
            />
          ))}
        </ul>
      )}
      {others.length > 0 && company && !board.readOnly.value && (
        <button
          type="button"
          class="button bring-everyone"
          data-testid="bring-everyone"
          disabled={company.calling.value}
          onClick={() => {
            company.callEveryone();
            props.onClose();
          }}
        >
          <Icon of={Users} size="16px" />
          {t("spotlight.bring")}
        </button>
      )}
      {me && <OwnName me={me} />}
    </Popover>
  );
}

interface PersonRowProps {
  readonly person: Person;
  readonly me: Person | undefined;
  readonly company: Company | null;
  readonly onClose: () => void;
}

function PersonRow({ person, me, company, onClose }: PersonRowProps) {
  const { name } = person;
  const isFollowed = company?.leader.value?.person === person.person;
  return (
    <li class="people-row" data-person={person.person}>
      <Avatar person={person} />
      <span class="people-name">
        {name}
        <span class="people-note">{notesOf(person, me?.person).join(" · ")}</span>
      </span>
      {company && !person.isLeaving && (
        <>
          <IconButton
            icon={Locate}
            class="small"
            label={t("people.visit", { name })}
            onClick={() => {
              company.visit(person.person);
              onClose();
            }}
          />
          <IconButton
            icon={Eye}
            class="small"
            label={t(isFollowed ? "people.unfollow" : "people.follow", { name })}
            pressed={isFollowed}
            onClick={() => {
              if (isFollowed) company.stopFollowing();
              else company.follow(person.person);
              onClose();
            }}
          />
        </>
      )}
    </li>
  );
}

/** What is said below a name: what somebody does now comes first. */
function notesOf(person: Person, self: string | undefined): string[] {
  if (person.isLeaving) return [t("people.left")];
  const notes: string[] = [];
  if (person.isDrawing) notes.push(t("people.drawing"));
  else if (person.availability !== "active") notes.push(t(`people.${person.availability}`));
  if (person.following === self) notes.push(t("people.followsYou"));
  notes.push(t(`role.${person.role}`));
  if (person.windows > 1) notes.push(t("people.windows", { n: person.windows }));
  return notes;
}

function OwnName({ me }: { readonly me: Person }) {
  const board = useBoard();
  return (
    <div class="own-name">
      <label>
        <span class="label">
          {t("people.yourName")} <span class="people-note">({t(`role.${me.role}`)})</span>
        </span>
        <span class="own-name-row">
          <Avatar person={me} />
          <input
            class="field"
            type="text"
            aria-label={t("people.yourName")}
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
        {PERSON_COLORS.map((color, i) => (
          <label key={color} class="own-color" style={{ background: color }}>
            <input
              type="radio"
              name="own-color"
              aria-label={t("people.color", { n: i + 1 })}
              checked={me.color === color}
              onChange={() => board.renameMe(me.name, color)}
            />
          </label>
        ))}
      </div>
    </div>
  );
}
