/** The id `step` places further in the list; stays within it, starts at the first. */
export function neighbour(ids: readonly string[], current: string | null, step: 1 | -1): string | null {
  const at = current === null ? -1 : ids.indexOf(current);
  if (at < 0) return ids[0] ?? null;
  return ids[Math.min(Math.max(at + step, 0), ids.length - 1)] ?? null;
}

/** Which one to show after `decided` has left the list: the one after it, otherwise the one before. */
export function afterDecision(ids: readonly string[], decided: string): string | null {
  const at = ids.indexOf(decided);
  return ids[at + 1] ?? ids[at - 1] ?? null;
}
