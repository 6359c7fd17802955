/** A number from 0 up to 1, like `Math.random`. */
export type Random = () => number;

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LENGTH = 20;

/** From the system's generator; works on plain http, where `crypto.randomUUID` is missing. */
export const systemRandom: Random = () => {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
  return word / 2 ** 32;
};

/** An id of 20 letters and digits, 119 bits: for elements, clients and gestures. */
export function newId(random: Random = systemRandom): string {
  return randomLetters(LENGTH, random);
}

export function randomLetters(length: number, random: Random): string {
  let letters = "";
  for (let i = 0; i < length; i++) letters += ALPHABET[Math.floor(random() * ALPHABET.length)];
  return letters;
}
