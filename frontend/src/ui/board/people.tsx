import { useSignal } from "@preact/signals";
import { Share2 } from "lucide";
import { useRef } from "preact/hooks";
import { t } from "../../i18n/translate";
import { Icon } from "../kit/icon";
import { lazy } from "../kit/lazy";
import { type Company, type Person, useBoard } from "./board_model";
import { isPhone } from "./narrow";

const PeopleList = lazy(async () => (await import("./on_demand")).PeopleList);
const ShareDialog = lazy(async () => (await import("./on_demand")).ShareDialog);

const SHOWN = 4;
const SHOWN_ON_PHONE = 2;

/** Who is here, and Share; top right. */
export function People() {
  const board = useBoard();
  const list = useSignal(false);
  const share = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const people = board.people.value;
  const company = board.editing.value?.company ?? null;
  const leader = company?.leader.value ?? null;
  const most = isPhone.value ? SHOWN_ON_PHONE : SHOWN;
  // Room for one more than fits would show "+1" in the place of that one.
  const shown = people.length > most ? people.slice(0, most - 1) : people;
  const more = people.length - shown.length;
  // A phone has no room for a button each: there the list has them.
  const apart = isPhone.value ? [] : shown.filter(({ isMe }) => !isMe);
  const inButton = shown.filter((person) => !apart.includes(person));
  return (
    <div class="top-right panel">
      <div class="people-row-of-faces">
        {apart.map((person) => (
          <FollowButton
            key={person.person}
            person={person}
            isFollowed={leader?.person === person.person}
            company={company}
          />
        ))}
        <button
          ref={button}
          type="button"
          class="people"
          data-testid="people"
          aria-label={t("people.label", { n: countOf(people) })}
          aria-haspopup="dialog"
          aria-expanded={list.value}
          data-tip={t("people.label", { n: countOf(people) })}
          onClick={() => {
            list.value = !list.value;
          }}
        >
          {inButton.map((person) => (
            <Avatar key={person.person} person={person} />
          ))}
          {more > 0 && <span class="avatar avatar-more">+{more}</span>}
        </button>
      </div>
      <ul class="visually-hidden" data-testid="peers">
        {people.map(
          (person) =>
            !person.isLeaving && (
              <li
                key={person.person}
                data-person={person.person}
                data-availability={person.availability}
              >
                {person.name}
              </li>
            ),
        )}
      </ul>
      <button
        type="button"
        class="button primary share"
        data-testid="share"
        aria-haspopup="dialog"
        onClick={() => {
          share.value = true;
        }}
      >
        <Icon of={Share2} size="16px" />
        <span class="share-word">{t("share.button")}</span>
      </button>
      {list.value && button.current && (
        <PeopleList
          anchor={button.current}
          onClose={() => {
            list.value = false;
          }}
        />
      )}
      {share.value && (
        <ShareDialog
          onClose={() => {
            share.value = false;
          }}
        />
      )}
    </div>
  );
}

/** A face that is pressed to follow its person, and pressed again to stop. */
function FollowButton(props: {
  readonly person: Person;
  readonly isFollowed: boolean;
  readonly company: Company | null;
}) {
  const { person, isFollowed, company } = props;
  const { name } = person;
  const label = t(isFollowed ? "people.unfollow" : "people.follow", { name });
  return (
    <button
      type="button"
      class="face"
      data-testid="follow"
      data-person={person.person}
      aria-label={label}
      aria-pressed={isFollowed}
      data-tip={label}
      disabled={company === null || person.isLeaving}
      onClick={() => (isFollowed ? company?.stopFollowing() : company?.follow(person.person))}
    >
      <Avatar person={person} />
    </button>
  );
}

export function countOf(people: readonly Person[]): number {
  return people.filter(({ isLeaving }) => !isLeaving).length;
}

/** The letters are drawn by the style sheet: a picture, and no words that a label would have to repeat. */
export function Avatar({ person }: { readonly person: Person }) {
  const { availability, isDrawing, isLeaving } = person;
  return (
    <span
      class="avatar"
      aria-hidden="true"
      data-state={isLeaving ? "leaving" : isDrawing ? "drawing" : availability}
      data-initials={initials(person.name)}
      style={{ background: person.color }}
    />
  );
}

/** The first letters of the first and last word, whole characters of any script. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? "")][0] ?? "?";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toUpperCase();
}
