/** All that a board is drawn with, fetched in one piece while the frame around it is painted. */
export { giveHands } from "./hands";
export { openBoard } from "./open_board";
