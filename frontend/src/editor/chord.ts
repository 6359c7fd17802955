/** The part of a keyboard event that a chord is made of. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * The name of a key press, like `Ctrl+Shift+Z`, `P`, `Alt+1`, `?` or `Ctrl+Plus`.
 *
 * Letters and digits are named by what stands on the key, so CapsLock, Option on a Mac and a Cyrillic
 * layout change nothing. Other printable signs carry their own Shift: `?`, never `Shift+?`. `Ctrl` stands
 * for Cmd on a Mac, where the Ctrl key itself makes chords that nothing claims.
 */
export function chordOf(press: KeyPress, mac: boolean): string {
  const main = mac ? press.metaKey : press.ctrlKey;
  const foreign = mac ? press.ctrlKey : press.metaKey;
  const name = keyName(press);
  const shift = press.shiftKey && (name.length > 1 || /[A-Z0-9]/.test(name));
  return [
    foreign ? "Meta" : "",
    main ? "Ctrl" : "",
    press.altKey ? "Alt" : "",
    shift ? "Shift" : "",
    NAMES[name] ?? name,
  ]
    .filter((part) => part !== "")
    .join("+");
}

const NAMES: Readonly<Record<string, string>> = { "+": "Plus", "-": "Minus", " ": "Space" };

function keyName({ key, code, altKey, shiftKey }: KeyPress): string {
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  if (/^[0-9]$/.test(key)) return key;
  // Shift+1 gives "!", Option+1 gives "¡", a Cyrillic P gives "З": the key itself says which it is.
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code);
  if (digit?.[1] !== undefined && (shiftKey || altKey)) return digit[1];
  const letter = /^Key([A-Z])$/.exec(code);
  if (letter?.[1] !== undefined && (altKey || /^\P{ASCII}/u.test(key))) return letter[1];
  return key;
}
