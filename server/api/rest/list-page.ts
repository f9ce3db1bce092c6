import { timeSchema } from "@/core/contracts/time";
import { isUuid } from "@/core/ids";
import type { Slice, TimePosition } from "@/server/db/slice";
import { badCursor, decodeCursor, encodeCursor } from "./paging";

/** What a list is asked for: `pageQuery`, parsed. */
export interface PageRequest {
  limit: number;
  offset: number;
  cursor?: string | undefined;
}

export interface Page<Item> {
  items: Item[];
  /** Null: there are no more. */
  nextCursor: string | null;
}

/** How a list is sorted: what of a row its cursor keeps, and back. */
export interface ListOrder<Row, Position> {
  /** Texts in a cursor. */
  length: number;
  write(row: Row): string[];
  /** Null for texts that `write` never gives. */
  read(texts: readonly string[]): Position | null;
}

/** Reads one row more than asked for, to know whether there is a next page. Throws `bad_request` for a foreign cursor. */
export async function listPage<Row, Position>(
  { limit, offset, cursor }: PageRequest,
  order: ListOrder<NoInfer<Row>, Position>,
  find: (slice: Slice<Position>) => Promise<Row[]>,
): Promise<Page<Row>> {
  const after = cursor === undefined ? undefined : order.read(decodeCursor(cursor, order.length));
  if (after === null) throw badCursor();
  const rows = await find({ limit: limit + 1, offset, ...(after === undefined ? {} : { after }) });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(order.write(last)) : null };
}

/** Sorted by a time, and by id within it. */
export function byTime<Row extends { id: string }>(timeOf: (row: Row) => Date): ListOrder<Row, TimePosition> {
  return {
    length: 2,
    write: (row) => [timeOf(row).toISOString(), row.id],
    read([timeText = "", id = ""]) {
      const time = readTime(timeText);
      return time !== null && isUuid(id) ? { time, id } : null;
    },
  };
}

/** Newest first, as most lists are. */
export const byCreation: ListOrder<{ id: string; createdAt: Date }, TimePosition> = byTime((row) => row.createdAt);

/** Null for what is no time as `toISOString` writes it. */
export function readTime(text: string): Date | null {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && timeSchema.safeParse(text).success
    ? new Date(text)
    : null;
}
