/** What a wide screen has open where the address names nothing. */
export interface KeptOpen {
  view: string;
  id: string | null;
  /** Was just decided, and may still be in the list for a moment. */
  left: string | null;
}

/**
 * What is open: the first of the list when it came, and that stays, whatever arrives before it, changes or leaves the list. Only the person opens
 * something else. The very same value while nothing changes.
 */
export function keepOpen(kept: KeptOpen, view: string, ids: readonly string[] | null): KeptOpen {
  if (kept.view !== view) return keepOpen({ view, id: null, left: null }, view, ids);
  if (kept.id !== null || ids === null) return kept;
  const first = ids.find((id) => id !== kept.left);
  return first === undefined ? kept : { view, id: first, left: null };
}
