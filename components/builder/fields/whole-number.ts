export interface WholeRange {
  min: number;
  max: number;
}

/** A typed whole number in a range; separators of thousands are fine. */
export function readWhole(
  text: string,
  { min, max }: WholeRange,
  mayBeEmpty: boolean,
): { ok: true; value: number | null } | { ok: false; problem: string } {
  const plain = text.replace(/[\s,_']/g, "");
  if (plain === "") return mayBeEmpty ? { ok: true, value: null } : { ok: false, problem: "Enter a number." };
  if (!/^\d+$/.test(plain)) return { ok: false, problem: "Enter a whole number, without a unit." };
  const value = Number(plain);
  if (value < min) return { ok: false, problem: `Enter ${min.toLocaleString("en")} or more.` };
  if (value > max) return { ok: false, problem: `Enter ${max.toLocaleString("en")} or less.` };
  return { ok: true, value };
}
