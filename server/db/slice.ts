/** A part of a sorted list: `after` is where the part before ended, so that rows that come or go meanwhile move nothing. */
export interface Slice<Position> {
  limit: number;
  offset: number;
  after?: Position;
}

/** Where a row stands in a list that is sorted by a time and, within it, by id. */
export interface TimePosition {
  time: Date;
  id: string;
}

/** The rest of a list, newest first. The bound on the time alone is what an index is entered with. */
export function createdBefore(after: TimePosition | undefined) {
  if (!after) return {};
  return { createdAt: { lte: after.time }, OR: [{ createdAt: { lt: after.time } }, { id: { lt: after.id } }] };
}
