// Made from backend/inkwire/protocol by `make schema`. Do not edit.

export type FillStyle = "solid" | "hachure" | "cross-hatch" | "zigzag";

export type Dash = "solid" | "dashed" | "dotted";

export type Curve = "sharp" | "round" | "elbow";

export type Head = "none" | "arrow" | "triangle" | "triangle-outline" | "bar" | "dot" | "circle-outline" | "diamond" | "diamond-outline" | "crowfoot-one" | "crowfoot-many" | "crowfoot-one-or-many";

export type Font = "hand" | "sans" | "serif" | "mono";

export type Align = "left" | "center" | "right";

export type VerticalAlign = "top" | "middle" | "bottom";

export type Brush = "pen" | "highlighter";

export type Role = "owner" | "editor" | "commenter" | "viewer";

export type Availability = "active" | "idle" | "away";

/** [x, y, sx, sy, angle]; see elements.py. */
export type Place = readonly [number, number, number, number, number];

export type Point = readonly [number, number];

export type Rect = readonly [number, number, number, number];

export interface Binding {
  readonly to: string;
  readonly at?: readonly [number, number] | null;
  readonly focus?: number;
  readonly gap?: number;
}

export interface Rectangle {
  readonly type: "rectangle";
  readonly id: string;
  readonly place: readonly [number, number, number, number, number];
  readonly z: string;
  readonly opacity: number;
  readonly groups: readonly string[];
  readonly frame: string;
  readonly locked: boolean;
  readonly link: string;
  readonly color: string;
  readonly strokeWidth: number;
  readonly fill: string;
  readonly fillStyle: "solid" | "hachure" | "cross-hatch" | "zigzag";
  readonly dash: "solid" | "dashed" | "dotted";
  readonly roughness: number;
  readonly seed: number;
  readonly rounded: boolean;
}

export interface Ellipse {
  readonly type: "ellipse";
  readonly id: string;
  readonly place: readonly [number, number, number, number, number];
  readonly z: string;
  readonly opacity: number;
  readonly groups: readonly string[];
  readonly frame: string;
  readonly locked: boolean;
  readonly link: string;
  readonly color: string;
  readonly strokeWidth: number;
  readonly fill: string;
  readonly fillStyle: "solid" | "hachure" | "cross-hatch" | "zigzag";
  readonly dash: "solid" | "dashed" | "dotted";
  readonly roughness: number;
  readonly seed: number;
}

export interface Diamond {
  readonly type: "diamond";
  readonly id: string;
  readonly place: readonly [number, number, number, number, number];
  readonly z: string;
  readonly opacity: number;
  readonly groups: readonly string[];
  readonly frame: string;
  readonly locked: boolean;
  readonly link: string;
  readonly color: string;
  readonly strokeWidth: number;
  readonly fill: string;
  readonly fillStyle: "solid" | "hachure" | "cross-hatch" | "zigzag";
  readonly dash: "solid" | "dashed" | "dotted";
  readonly roughness: number;
  readonly seed: number;
  readonly rounded: boolean;
}

export interface Triangle {
  readonly type: "triangle";
  readonly id: string;
  readonly place: readonly [number, number, number, number, number];
  readonly z: string;
  readonly opacity: number;
  readonly groups: readonly string[];
  readonly frame: string;
  readonly locked: boolean;
  readonly link: string;
  readonly color: string;
  readonly strokeWidth: number;
  readonly fill: string;
  readonly fillStyle: "solid" | "hachure" | "cross-hatch" | "zigzag";
  readonly dash: "solid" | "dashed" | "dotted";
  readonly roughness: number;
  readonly seed: number;
  readonly rounded: boolean;
}

export interface Line {
  readonly type: "line";
  readonly id: string;
  readonly place: readonly [number, number, number, number, number];
  readonly z: string;
  readonly opacity: number;
  readonly groups: readonly string[];
  readonly frame: string;
  readonly locked: boolean;
  readonly link: string;
  readonly color: string;
  readonly strokeWidth: number;
  readonly fill: string;
  readonly fillStyle: "solid" | "hachure" | "cross-hatch" | "zigzag";
  readonly dash: "solid" | "dashed" | "dotted";
  readonly roughness: number;
  readonly seed: number;
  readonly points: Uint8Array;
  readonly curve: "sharp" | "round" | "elbow";
  readonly start: Binding | null;
  readonly end: Binding | null;
  readonly startHead: "none" | "arrow" | "triangle" | "triangle-outline" | "bar" | "dot" | "circle-outline" | "diamond" | "diamond-outline" | "crowfoot-one" | "crowfoot-many" | "crowfoot-one-or-many";
  readonly endHead: "none" | "arrow" | "triangle" | "triangle-outline" | "bar" | "dot" | "circle-outline" | "diamond" | "diamond-outline" | "crowfoot-one" | "crowfoot-many" | "crowfoot-one-or-many";
}

export interface Arrow {
  readonly type: "arrow";
  readonly id: string;
  readonly place: readonly [number, number, number, number, number];
  readonly z: string;
  readonly opacity: number;
  readonly groups: readonly string[];
  readonly frame: string;
  readonly locked: boolean;
  readonly link: string;
  readonly color: string;
  readonly strokeWidth: number;
  readonly fill: string;
  readonly fillStyle: "solid" | "hachure" | "cross-hatch" | "zigzag";
  readonly dash: "solid" | "dashed" | "dotted";
  readonly roughness: number;
  readonly seed: number;
  readonly points: Uint8Array;
  readonly curve: "sharp" | "round" | "elbow";
  readonly start: Binding | null;
  readonly end: Binding | null;
  readonly startHead: "none" | "arrow" | "triangle" | "triangle-outline" | "bar" | "dot" | "circle-outline" | "diamond" | "diamond-outline" | "crowfoot-one" | "crowfoot-many" | "crowfoot-one-or-many";
  readonly endHead: "none" | "arrow" | "triangle" | "triangle-outline" | "bar" | "dot" | "circle-outline" | "diamond" | "diamond-outline" | "crowfoot-one" | "crowfoot-many" | "crowfoot-one-or-many";
}

export interface Freedraw {
  readonly type: "freedraw";
  readonly id: string;
  readonly place: readonly [number, number, number, number, number];
  readonly z: string;
  readonly opacity: number;
  readonly groups: readonly string[];
  readonly frame: string;
  readonly locked: boolean;
  readonly link: string;
  readonly color: string;
  readonly strokeWidth: number;
  readonly fill: string;
  readonly points: Uint8Array;
  readonly brush: "pen" | "highlighter";
  readonly fillStyle: "solid" | "hachure" | "cross-hatch" | "zigzag";
}

export interface TextElement {
  readonly type: "text";
  readonly id: string;
  readonly place: readonly [number, number, number, number, number];
  readonly z: string;
  readonly opacity: number;
  readonly groups: readonly string[];
  readonly frame: string;
  readonly locked: boolean;
  readonly link: string;
  readonly text: string;
  readonly color: string;
  readonly font: "hand" | "sans" | "serif" | "mono";
  readonly fontSize: number;
  readonly lineHeight: number;
  readonly align: "left" | "center" | "right";
  readonly verticalAlign: "top" | "middle" | "bottom";
  readonly container: string;
  readonly autoSize: boolean;
}

export interface Note {
  readonly type: "note";
  readonly id: string;
  readonly place: readonly [number, number, number, number, number];
  readonly z: string;
  readonly opacity: number;
  readonly groups: readonly string[];
  readonly frame: string;
  readonly locked: boolean;
  readonly link: string;
  readonly text: string;
  readonly color: string;
  readonly font: "hand" | "sans" | "serif" | "mono";
  readonly fontSize: number;
  readonly lineHeight: number;
  readonly align: "left" | "center" | "right";
  readonly verticalAlign: "top" | "middle" | "bottom";
  readonly fill: string;
}

export interface Frame {
  readonly type: "frame";
  readonly id: string;
  readonly place: readonly [number, number, number, number, number];
  readonly z: string;
  readonly opacity: number;
  readonly groups: readonly string[];
  readonly frame: string;
  readonly locked: boolean;
  readonly link: string;
  readonly name: string;
}

export interface Image {
  readonly type: "image";
  readonly id: string;
  readonly place: readonly [number, number, number, number, number];
  readonly z: string;
  readonly opacity: number;
  readonly groups: readonly string[];
  readonly frame: string;
  readonly locked: boolean;
  readonly link: string;
  readonly file: string;
  readonly natural: readonly [number, number] | null;
  readonly crop: readonly [number, number, number, number] | null;
  readonly name: string;
}

export type Element =
  | Rectangle
  | Ellipse
  | Diamond
  | Triangle
  | Line
  | Arrow
  | Freedraw
  | TextElement
  | Note
  | Frame
  | Image;

export type ElementType = Element["type"];

/** An element as it travels: properties at their defaults are left out. */
export type WireElement = Pick<Element, "type" | "id" | "place" | "z"> & Props;

export interface Props {
  readonly place?: readonly [number, number, number, number, number];
  readonly z?: string;
  readonly opacity?: number;
  readonly groups?: readonly string[];
  readonly frame?: string;
  readonly locked?: boolean;
  readonly link?: string;
  readonly color?: string;
  readonly strokeWidth?: number;
  readonly fill?: string;
  readonly fillStyle?: "solid" | "hachure" | "cross-hatch" | "zigzag";
  readonly dash?: "solid" | "dashed" | "dotted";
  readonly roughness?: number;
  readonly seed?: number;
  readonly rounded?: boolean;
  readonly points?: Uint8Array;
  readonly curve?: "sharp" | "round" | "elbow";
  readonly start?: Binding | null;
  readonly end?: Binding | null;
  readonly startHead?: "none" | "arrow" | "triangle" | "triangle-outline" | "bar" | "dot" | "circle-outline" | "diamond" | "diamond-outline" | "crowfoot-one" | "crowfoot-many" | "crowfoot-one-or-many";
  readonly endHead?: "none" | "arrow" | "triangle" | "triangle-outline" | "bar" | "dot" | "circle-outline" | "diamond" | "diamond-outline" | "crowfoot-one" | "crowfoot-many" | "crowfoot-one-or-many";
  readonly brush?: "pen" | "highlighter";
  readonly text?: string;
  readonly font?: "hand" | "sans" | "serif" | "mono";
  readonly fontSize?: number;
  readonly lineHeight?: number;
  readonly align?: "left" | "center" | "right";
  readonly verticalAlign?: "top" | "middle" | "bottom";
  readonly container?: string;
  readonly autoSize?: boolean;
  readonly name?: string;
  readonly file?: string;
  readonly natural?: readonly [number, number] | null;
  readonly crop?: readonly [number, number, number, number] | null;
}

/** The value of a property that is left out; the same on every type. */
export const DEFAULTS = {
  opacity: 1.0,
  groups: [],
  frame: "",
  locked: false,
  link: "",
  color: "#1e1e1e",
  strokeWidth: 2.0,
  fill: "transparent",
  fillStyle: "solid",
  dash: "solid",
  roughness: 1.0,
  seed: 1,
  rounded: false,
  curve: "sharp",
  start: null,
  end: null,
  startHead: "none",
  endHead: "none",
  brush: "pen",
  text: "",
  font: "hand",
  fontSize: 20.0,
  lineHeight: 1.25,
  align: "left",
  verticalAlign: "top",
  container: "",
  autoSize: true,
  name: "",
  file: "",
  natural: null,
  crop: null,
} as const;

/** The properties of each type, `id` and `type` apart. */
export const PROPERTIES: Readonly<Record<ElementType, readonly string[]>> = {
  rectangle: [
    "place",
    "z",
    "opacity",
    "groups",
    "frame",
    "locked",
    "link",
    "color",
    "strokeWidth",
    "fill",
    "fillStyle",
    "dash",
    "roughness",
    "seed",
    "rounded",
  ],
  ellipse: [
    "place",
    "z",
    "opacity",
    "groups",
    "frame",
    "locked",
    "link",
    "color",
    "strokeWidth",
    "fill",
    "fillStyle",
    "dash",
    "roughness",
    "seed",
  ],
  diamond: [
    "place",
    "z",
    "opacity",
    "groups",
    "frame",
    "locked",
    "link",
    "color",
    "strokeWidth",
    "fill",
    "fillStyle",
    "dash",
    "roughness",
    "seed",
    "rounded",
  ],
  triangle: [
    "place",
    "z",
    "opacity",
    "groups",
    "frame",
    "locked",
    "link",
    "color",
    "strokeWidth",
    "fill",
    "fillStyle",
    "dash",
    "roughness",
    "seed",
    "rounded",
  ],
  line: [
    "place",
    "z",
    "opacity",
    "groups",
    "frame",
    "locked",
    "link",
    "color",
    "strokeWidth",
    "fill",
    "fillStyle",
    "dash",
    "roughness",
    "seed",
    "points",
    "curve",
    "start",
    "end",
    "startHead",
    "endHead",
  ],
  arrow: [
    "place",
    "z",
    "opacity",
    "groups",
    "frame",
    "locked",
    "link",
    "color",
    "strokeWidth",
    "fill",
    "fillStyle",
    "dash",
    "roughness",
    "seed",
    "points",
    "curve",
    "start",
    "end",
    "startHead",
    "endHead",
  ],
  freedraw: [
    "place",
    "z",
    "opacity",
    "groups",
    "frame",
    "locked",
    "link",
    "color",
    "strokeWidth",
    "fill",
    "points",
    "brush",
    "fillStyle",
  ],
  text: [
    "place",
    "z",
    "opacity",
    "groups",
    "frame",
    "locked",
    "link",
    "text",
    "color",
    "font",
    "fontSize",
    "lineHeight",
    "align",
    "verticalAlign",
    "container",
    "autoSize",
  ],
  note: [
    "place",
    "z",
    "opacity",
    "groups",
    "frame",
    "locked",
    "link",
    "text",
    "color",
    "font",
    "fontSize",
    "lineHeight",
    "align",
    "verticalAlign",
    "fill",
  ],
  frame: [
    "place",
    "z",
    "opacity",
    "groups",
    "frame",
    "locked",
    "link",
    "name",
  ],
  image: [
    "place",
    "z",
    "opacity",
    "groups",
    "frame",
    "locked",
    "link",
    "file",
    "natural",
    "crop",
    "name",
  ],
};

/** Stored and sent apart from the rest of an element. */
export const LARGE_PROPERTIES = ["points", "text"] as const;

export type Put = readonly [tag: "put", element: WireElement];

export type SetProps = readonly [tag: "set", id: string, props: Props];

export type Delete = readonly [tag: "delete", id: string];

export type Retitle = readonly [tag: "title", title: string];

export type Op = Put | SetProps | Delete | Retitle;

/** The first item of each frame. */
export const TAG = {
  hello: 1,
  push: 2,
  live: 3,
  ping: 4,
  welcome: 10,
  reset: 11,
  page: 12,
  packedPage: 19,
  ready: 13,
  batch: 14,
  merged: 20,
  accepted: 15,
  refused: 16,
  notice: 17,
  pong: 18,
} as const;

export type Position = readonly [epoch: string, seq: number];

export interface Ink {
  readonly id: string;
  readonly offset: number;
  readonly data: Uint8Array;
  readonly element?: WireElement | null;
}

export interface Laser {
  readonly trail: number;
  readonly first?: number;
  readonly points?: Uint8Array;
}

export interface LiveState {
  readonly cursor?: readonly [number, number] | null;
  readonly selection?: readonly string[] | null;
  readonly viewport?: readonly [number, number, number, number] | null;
  readonly tool?: string | null;
  readonly ink?: readonly Ink[];
  readonly ended?: readonly string[];
  readonly drafts?: readonly WireElement[] | null;
  readonly moves?: readonly (readonly [string, readonly [number, number, number, number, number]])[] | null;
  readonly laser?: Laser | null;
  readonly spotlight?: number | null;
  readonly following?: string | null;
  readonly availability?: "active" | "idle" | "away" | null;
}

export type SnapshotRecord = readonly [
  seq: number,
  element: WireElement,
  points: Uint8Array | null,
  text: string | null,
];

export type Commit = readonly [
  seq: number,
  at: number,
  person: string,
  cid: string,
  n: number,
  gesture: string,
  ops: readonly Op[],
];

export type Who = readonly [
  person: string,
  name: string,
  color: string,
  role: "owner" | "editor" | "commenter" | "viewer",
];

export type PeerLive = readonly [peer: string, who: Who | null, state: LiveState];

export type Hello = readonly [
  tag: 1,
  version: number,
  board: string,
  token: string,
  session: string,
  person: string,
  name: string,
  color: string,
  resume: Position | null,
  viewport: readonly [number, number, number, number] | null,
];

export type Push = readonly [tag: 2, cid: string, n: number, gesture: string, ops: readonly Op[]];

export type Live = readonly [tag: 3, state: LiveState];

export type Ping = readonly [tag: 4, stamp: number];

export type ClientFrame =
  | Hello
  | Push
  | Live
  | Ping;

export type Welcome = readonly [
  tag: 10,
  version: number,
  epoch: string,
  seq: number,
  resumed: boolean,
  peer: string,
  role: "owner" | "editor" | "commenter" | "viewer",
  title: string,
  worker: string,
];

export type Reset = readonly [tag: 11, epoch: string, seq: number, title: string, count: number];

export type Page = readonly [tag: 12, records: readonly SnapshotRecord[]];

export type PackedPage = readonly [tag: 19, size: number, data: Uint8Array];

export type Ready = readonly [tag: 13, epoch: string, seq: number];

export type Batch = readonly [
  tag: 14,
  commits: readonly Commit[],
  live: readonly PeerLive[],
  left: readonly string[],
];

export type Merged = readonly [
  tag: 20,
  first: number,
  last: number,
  pushes: readonly (readonly [string, number])[],
  ops: readonly (readonly [Op, readonly number[]])[],
];

export type Accepted = readonly [tag: 15, cid: string, n: number, seq: number];

export type Refused = readonly [
  tag: 16,
  cid: string,
  n: number,
  code: string,
  message: string,
  retryable: boolean,
  retryAfter: number,
  expected: number,
];

export type Notice = readonly [tag: 17, code: string, message: string];

export type Pong = readonly [tag: 18, stamp: number, now: number];

export type ServerFrame =
  | Welcome
  | Reset
  | Page
  | PackedPage
  | Ready
  | Batch
  | Merged
  | Accepted
  | Refused
  | Notice
  | Pong;
