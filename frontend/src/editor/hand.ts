import type { MemoryPort } from "./ports";

/** How a person's hand works with pen and eraser; nothing of it is a property of what is drawn. */
export interface Hand {
  /** What the eraser takes away: whole elements, or the part of the ink that it crosses. */
  readonly erases: "whole" | "part";
  /** How much a trembling hand is steadied while it draws. */
  readonly steadies: "off" | "normal" | "strong";
  /** Ink that is held still at its end becomes the shape that it shows. */
  readonly recognises: "off" | "on";
}

const CHOICES: { readonly [Name in keyof Hand]: readonly Hand[Name][] } = {
  erases: ["whole", "part"],
  steadies: ["off", "normal", "strong"],
  recognises: ["off", "on"],
};

export const FIRST_HAND: Hand = { erases: "whole", steadies: "off", recognises: "on" };

const KEY = "inkwire.hand";

/** The hand of the last visit; what is no choice as we know it is ignored. */
export function rememberedHand(memory: MemoryPort): Hand {
  const hand: Record<string, unknown> = { ...FIRST_HAND };
  try {
    const kept: unknown = JSON.parse(memory.read(KEY) ?? "{}");
    for (const [name, value] of Object.entries(kept as object)) {
      const choices: readonly unknown[] = CHOICES[name as keyof Hand] ?? [];
      if (choices.includes(value)) hand[name] = value;
    }
  } catch {
    // Somebody else wrote there.
  }
  return hand as unknown as Hand;
}

export function rememberHand(memory: MemoryPort, hand: Hand): void {
  memory.write(KEY, JSON.stringify(hand));
}
