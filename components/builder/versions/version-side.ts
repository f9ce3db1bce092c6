/** One of the two things that are compared: a version by its number, or the draft. */
export type Side = number | "draft";

/** "v3", "Draft". */
export function sideWords(side: Side): string {
  return side === "draft" ? "Draft" : `v${side}`;
}

/** Reads `3` or `draft` from the address; null for anything that this workflow does not have. */
export function readSide(text: string | null, there: readonly Side[]): Side | null {
  const side = text === "draft" ? "draft" : Number(text ?? Number.NaN);
  return there.includes(side) ? side : null;
}

/** The older first, so that the comparison reads forward; the draft is the newest. */
export function inOrder(a: Side, b: Side): [Side, Side] {
  return age(a) <= age(b) ? [a, b] : [b, a];
}

/** Chooses one more for the comparison, or takes it out; of three, the one chosen first leaves. */
export function toggleSide(chosen: readonly Side[], side: Side): Side[] {
  return chosen.includes(side) ? chosen.filter((each) => each !== side) : [...chosen.slice(-1), side];
}

function age(side: Side): number {
  return side === "draft" ? Number.POSITIVE_INFINITY : side;
}
