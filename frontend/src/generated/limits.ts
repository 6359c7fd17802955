// Made from backend/inkwire/protocol by `make schema`. Do not edit.

export const PROTOCOL_VERSION = 1;
export const MAX_FRAME_BYTES = 262_144;
export const MAX_PUSH_BYTES = 261_120;
export const MAX_LIVE_BYTES = 65_536;
export const MAX_PAGE_BYTES = 524_288;
export const MAX_OPS = 500;
export const MAX_POINTS_BYTES = 131_072;
export const MAX_POINTS = 32_000;
export const MAX_COORDINATE = 10_000_000;
export const MAX_TEXT = 20_000;
export const MAX_TITLE = 200;
export const MAX_NAME = 64;
export const MAX_LINK = 2048;
export const MAX_GROUPS = 16;
export const MAX_SELECTION = 200;
export const MAX_INK = 8;
export const MAX_INK_BYTES = 16_384;
export const MAX_DRAFTS = 8;
export const MAX_MOVES = 200;
export const MAX_LASER_BYTES = 1024;
export const MAX_ORDER_KEY = 256;
export const LONG_ORDER_KEY = 128;
export const MAX_ELEMENTS = 200_000;
export const MAX_DEPTH = 16;
export const PING_SECONDS = 5;
export const HELLO_SECONDS = 10;

export const CLOSE_CODES = {
  normal: 1000,
  restarting: 1012,
  notAFrame: 1007,
  tooBig: 1009,
  overloaded: 1013,
  resync: 4000,
  slow: 4001,
  noPong: 4002,
  positionLost: 4003,
  tokenExpired: 4004,
  superseded: 4009,
  rate: 4029,
  malformed: 4500,
  badToken: 4501,
  forbidden: 4503,
  noSuchBoard: 4504,
  noHello: 4508,
  wrongVersion: 4510,
  roomFull: 4513,
} as const;

export const REFUSAL_CODES = {
  gap: "gap",
  rate: "rate",
  unavailable: "unavailable",
  readOnly: "read-only",
  storeFull: "store-full",
  forbidden: "forbidden",
  boardFull: "board-full",
  invalid: "invalid",
} as const;
