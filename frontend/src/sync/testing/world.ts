import { BoardDocument } from "../../document/document";
import { toWire } from "../../document/wire_element";
import type { Element, Op, Push } from "../../generated/protocol";
import { Dice } from "../../testing/dice";
import type { ConfirmedState } from "../journal";
import { Replica } from "../replica";
import { SyncClient } from "../sync_client";
import { ManualClock } from "./manual_clock";
import { MemoryJournal } from "./memory_journal";
import { ModelNetwork } from "./model_network";
import { ModelServer } from "./model_server";

const IDS = ["a", "b", "c", "d", "e", "f"];
const COLORS = ["#1e1e1e", "#e03131", "#2f9e44", "#1971c2"];
const TEXTS = ["", "hello", "good bye"];
const INVALID = { code: "invalid", retryable: false, retryAfter: 0 };

/** Elements as text, so that two sets of them can be compared and shown. */
export function picture(elements: Iterable<Element>): string {
  const sorted = [...elements].sort((a, b) => (a.id < b.id ? -1 : 1));
  return sorted.map((each) => JSON.stringify(toWire(each))).join("\n");
}

/** A page, and what outlives it: its journal and the last saved board. */
class Page {
  readonly name: string;
  readonly journal = new MemoryJournal();
  saved: ConfirmedState | null = null;
  replica: Replica;
  client: SyncClient;
  network: ModelNetwork;
  /** What somebody who only listens to change sets believes the board to be. */
  believed = new Map<string, Element>();
  edits = 0;
  /** Something may have changed since the last check. */
  dirty = true;
  /** Own edits that are in no state of the server that this page has come to. */
  unsettled: string[] = [];
  readonly #world: World;

  constructor(world: World, name: string) {
    this.#world = world;
    this.name = name;
    [this.replica, this.client, this.network] = this.#open();
  }

  /** The page dies without a word and is opened again. */
  reopen(): void {
    this.network.wire?.cut();
    this.client.stop();
    this.network.wire?.closeByClient();
    [this.replica, this.client, this.network] = this.#open();
  }

  save(): void {
    const { position, confirmed } = this.replica;
    if (position === null) return;
    const elements = [...confirmed.elements()];
    this.saved = { ...position, title: confirmed.title, elements };
  }

  #open(): [Replica, SyncClient, ModelNetwork] {
    const { server, clock, dice } = this.#world;
    const random = new Dice(dice.below(2 ** 31)).next;
    const pending = this.journal.pushes;
    const replica = new Replica({ journal: this.journal, random, confirmed: this.saved, pending });
    const network = new ModelNetwork(server);
    const client = new SyncClient({
      board: "board-0001",
      token: "",
      session: `session-of-${this.name}-0000`,
      person: `person-${this.name}`,
      name: this.name,
      color: "#1971c2",
      replica,
      openSocket: network.openSocket,
      clock,
      random,
    });
    this.believed = new Map([...replica.elements()].map((each) => [each.id, each]));
    replica.subscribe((changes) => {
      for (const element of changes.added) {
        if (this.believed.has(element.id)) throw new Error(`${element.id} was added twice`);
        this.believed.set(element.id, element);
      }
      for (const { before, after } of changes.updated) {
        if (this.believed.get(before.id) !== before) throw new Error(`${before.id}: wrong before`);
        this.believed.set(after.id, after);
      }
      for (const { id } of changes.removed) this.believed.delete(id);
    });
    this.dirty = true;
    replica.onStatus(() => {
      this.dirty = true;
    });
    replica.onRefused(({ gesture }) => this.#world.refused.add(gesture));
    client.start();
    return [replica, client, network];
  }
}

/**
 * Some pages, a server and a network that a seed makes misbehave; after every step the promises are checked that hold
 * at any moment, in the end those that hold once everything has arrived.
 */
export class World {
  readonly dice: Dice;
  readonly clock = new ManualClock();
  readonly server = new ModelServer();
  readonly pages: Page[] = [];
  /** Gestures that were refused for good, and rolled back. */
  readonly refused = new Set<string>();
  readonly #poison = new Set<string>();
  readonly #made = new Set<string>();
  /** Gestures committed in any life of the log, and where. */
  readonly #committed = new Map<string, { readonly epoch: string; readonly seq: number }>();
  /** What the elements were at each seq of the log's present life. */
  readonly #states = new Map<number, string>();
  #epoch = "";
  #seen = 0;
  #trouble = 0;

  constructor(seed: number) {
    this.dice = new Dice(seed);
    this.#watchServer();
    this.server.pageSize = 1 + this.dice.below(3);
    this.server.overlap = () => (this.dice.chance(0.2) ? this.dice.below(3) : 0);
    this.server.merges = () => this.dice.chance(0.5);
    this.server.refuse = (push) => this.#refuse(push);
    const count = 2 + this.dice.below(4);
    for (let i = 0; i < count; i++) this.pages.push(new Page(this, `page${i}`));
  }

  run(steps: number): void {
    for (let i = 0; i < steps; i++) {
      this.#step();
      this.#check();
    }
    this.#heal();
    this.#checkEnd();
  }

  // --- what happens ---

  #step(): void {
    const page = this.dice.pick(this.pages);
    const { wire } = page.network;
    const roll = this.dice.below(100);
    if (roll < 26) this.#edit(page);
    else if (roll < 60) this.#breathe(page);
    else if (roll < 66) wire?.flowUp(1 + this.dice.below(3));
    else if (roll < 72) wire?.flowDown(1 + this.dice.below(3));
    else if (roll < 76) this.server.flush();
    else if (roll < 82) this.clock.advance(this.dice.below(1_500));
    else if (roll < 87) wire?.cut();
    else if (roll < 88) page.network.unreachable = !page.network.unreachable;
    else if (roll < 91) this.server.trim(this.dice.below(4));
    else if (roll < 92) this.#restart();
    else if (roll < 93) this.server.hangUpAll(this.dice.pick([1012, 1013, 4000, 4001, 4029]));
    else if (roll < 94) page.reopen();
    else if (roll < 96) page.save();
    else if (roll < 98) this.#trouble = this.dice.below(4);
    else page.client.sendLive({ cursor: [this.dice.below(100), 0] });
    this.#watchServer();
  }

  /** A page comes on a little, as it would by itself. */
  #breathe(page: Page): void {
    if (page.network.unreachable && this.dice.chance(0.5)) page.network.unreachable = false;
    if (page.network.wire?.isDead !== false) this.clock.advance(this.dice.below(500));
    page.network.wire?.open();
    page.network.wire?.flowUp(1 + this.dice.below(4));
    if (this.dice.chance(0.7)) this.server.flush();
    page.network.wire?.flowDown(1 + this.dice.below(4));
  }

  #edit(page: Page): void {
    const gesture = `${page.name}-${++page.edits}`;
    const ops: Op[] = [];
    for (let i = this.dice.below(3); i >= 0; i--) ops.push(this.#op());
    this.#made.add(gesture);
    if (this.dice.chance(0.03)) this.#poison.add(gesture);
    page.unsettled.push(gesture);
    page.replica.edit(ops, gesture);
    const last = ops.at(-1) as Op;
    if (last[0] === "put" && page.replica.get(last[1].id) === undefined) {
      throw new Error(`${page.name} does not see what it just made`);
    }
    if (last[0] === "delete" && page.replica.get(last[1]) !== undefined) {
      throw new Error(`${page.name} sees what it just deleted`);
    }
    if (last[0] === "set") {
      const seen = page.replica.get(last[1]) as { color?: string } | undefined;
      if (seen !== undefined && "color" in seen && seen.color !== last[2].color) {
        throw new Error(`${page.name} does not see the colour it just gave`);
      }
    }
  }

  #op(): Op {
    const { dice } = this;
    const id = dice.pick(IDS);
    switch (dice.below(8)) {
      case 0:
        return ["delete", id];
      case 1:
        return ["title", `title ${dice.below(100)}`];
      case 2:
      case 3:
      case 4:
        return ["set", id, { color: dice.pick(COLORS), text: dice.pick(TEXTS) }];
      default:
        return [
          "put",
          dice.chance(0.5)
            ? { type: "rectangle", id, place: [dice.below(9), 0, 9, 9, 0], z: "a0" }
            : { type: "text", id, place: [0, 0, 9, 9, 0], z: "a1", text: dice.pick(TEXTS) },
        ];
    }
  }

  #restart(): void {
    this.server.restart(this.dice.chance(0.5));
    for (const { network } of this.pages) if (this.dice.chance(0.5)) network.wire?.cut();
  }

  #refuse([, , , gesture]: Push) {
    if (this.#poison.has(gesture)) return INVALID;
    if (this.dice.below(10) >= this.#trouble) return null;
    const code = this.dice.pick(["rate", "unavailable", "read-only"]);
    return { code, retryable: true, retryAfter: this.dice.below(3) };
  }

  #watchServer(): void {
    const { epoch, seq, elements, history } = this.server;
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      this.#states.clear();
      this.#seen = 0;
    }
    const document = new BoardDocument([...elements.values()].map(({ element }) => element));
    this.#states.set(seq, picture(document.elements()));
    for (const [at, , , , , gesture] of history.slice(this.#seen)) {
      this.#committed.set(gesture, { epoch, seq: at });
    }
    this.#seen = history.length;
  }

  /** The faults end; everything that is on its way arrives. */
  #heal(): void {
    this.#trouble = 0;
    for (const { network } of this.pages) network.unreachable = false;
    for (let round = 0; round < 2_000; round++) {
      for (const { network } of this.pages) {
        network.wire?.open();
        network.wire?.flowUp(3);
      }
      this.#watchServer();
      this.server.flush();
      for (const { network } of this.pages) network.wire?.flowDown(3);
      this.#check();
      if (this.#isSettled()) return;
      this.clock.advance(50);
    }
    const open = this.pages.map(({ name, replica, client }) => {
      return `${name} ${client.state.value} pending ${replica.pending} at ${replica.position?.seq}`;
    });
    throw new Error(`never settles: ${open.join(", ")}; server at ${this.server.seq}`);
  }

  #isSettled(): boolean {
    return (
      !this.server.busy &&
      this.pages.every(
        ({ replica, client, network }) =>
          client.state.value === "live" &&
          replica.pending === 0 &&
          replica.position?.epoch === this.server.epoch &&
          replica.position.seq === this.server.seq &&
          network.wire?.isQuiet === true,
      )
    );
  }

  // --- what is promised ---

  #check(): void {
    for (const page of this.pages) {
      if (!page.dirty) continue;
      page.dirty = false;
      const { name, replica, believed } = page;
      this.#settle(page);
      const { entries } = replica.pushes;
      const gestures = new Set(entries.map(({ gesture }) => gesture));
      const dropped = page.unsettled.filter((gesture) => !gestures.has(gesture));
      same(dropped.join(), "", `${name} dropped edits that it has not got back`);
      const expected = new BoardDocument(replica.confirmed.elements(), replica.confirmed.title);
      for (const { ops } of entries) expected.apply(ops);
      const view = picture(replica.elements());
      same(view, picture(expected.elements()), `${name} does not see its own edits on top`);
      same(replica.title, expected.title, `${name} does not see its own title`);
      same(view, picture(believed.values()), `${name}: change sets do not tell what happened`);
      if (replica.size !== [...replica.elements()].length) throw new Error(`${name}: wrong size`);
      const journalled = page.journal.pushes.map(({ cid, n }) => `${cid} ${n}`).join();
      const pending = replica.pushes.entries.map(({ cid, n }) => `${cid} ${n}`).join();
      same(journalled, pending, `${name}: the journal does not hold what is pending`);
    }
    this.#checkLog();
  }

  /** Judged by the server's log alone, not by what the page believes to be pending. */
  #settle(page: Page): void {
    const { position } = page.replica;
    page.unsettled = page.unsettled.filter((gesture) => {
      const at = this.#committed.get(gesture);
      const arrived = at?.epoch === position?.epoch && (at?.seq ?? 0) <= (position?.seq ?? -1);
      return !(at !== undefined && arrived) && !this.refused.has(gesture);
    });
  }

  /** Each edit is in the log once, and each author's edits are in the order in which they were made. */
  #checkLog(): void {
    const last = new Map<string, number>();
    const known = new Set<string>();
    this.server.history.forEach(([seq, , , , , gesture], i) => {
      const [author = "", number] = gesture.split("-");
      if (known.has(gesture)) throw new Error(`${gesture} is in the log twice`);
      if (Number(number) < (last.get(author) ?? 0)) throw new Error(`${gesture} is out of order`);
      if (i > 0 && seq !== (this.server.history[i - 1]?.[0] ?? 0) + 1) throw new Error("log gap");
      known.add(gesture);
      last.set(author, Number(number));
    });
  }

  #checkEnd(): void {
    const truth = picture([...this.server.elements.values()].map(({ element }) => element));
    same(truth, this.#states.get(this.server.seq) ?? "", "the server's own state");
    for (const { name, replica } of this.pages) {
      same(picture(replica.elements()), truth, `${name} differs from the server`);
      same(replica.title, this.server.title, `${name} has another title`);
    }
    for (const gesture of this.#made) {
      if (this.#committed.has(gesture) === this.refused.has(gesture)) {
        throw new Error(`${gesture} was neither committed nor refused, or both`);
      }
    }
    this.#checkNewcomer(truth);
  }

  /** Snapshot plus tail is what everybody else has come to. */
  #checkNewcomer(truth: string): void {
    const page = new Page(this, "newcomer");
    for (let i = 0; i < 100 && page.client.state.value !== "live"; i++) {
      page.network.wire?.open();
      page.network.wire?.flowUp(1);
      this.server.flush();
      page.network.wire?.flowDown(1);
    }
    same(picture(page.replica.elements()), truth, "a newcomer sees something else");
    page.client.stop();
  }
}

function same(actual: string, expected: string, what: string): void {
  if (actual !== expected) throw new Error(`${what}:\n${actual}\nshould be\n${expected}`);
}
