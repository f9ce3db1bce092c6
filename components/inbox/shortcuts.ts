export type Shortcut = "approve" | "reject" | "comment" | "next" | "previous";

interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** Somebody is writing: letters are text then. */
  writing: boolean;
}

/** What a key means in the inbox; null for anything that is not a shortcut. */
export function shortcutOf(press: KeyPress): Shortcut | null {
  if (press.writing || press.ctrlKey || press.metaKey || press.altKey) return null;
  return keys[press.key.toLowerCase()] ?? null;
}

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

const keys: Record<string, Shortcut | undefined> = {
  a: "approve",
  r: "reject",
  c: "comment",
  j: "next",
  k: "previous",
};
