import { type Random, randomLetters } from "../document/new_id";

/** A name for everything that one movement of the hand does; one gesture is one step of undo. */
export function newGesture(random: Random): string {
  return randomLetters(12, random);
}
