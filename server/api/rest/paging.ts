import { z } from "zod";
import { AppError } from "@/core/errors";

const defaultLimit = 50;
const maxLimit = 200;

const limitProblem = `It must be a whole number from 1 to ${String(maxLimit)}: a page holds at most ${String(maxLimit)}.`;

/** Query fields of every list. */
export const pageQuery = {
  limit: z.coerce
    .number({ error: limitProblem })
    .int({ error: limitProblem, abort: true })
    .min(1, { error: limitProblem })
    .max(maxLimit, { error: limitProblem })
    .default(defaultLimit)
    .describe("How many, at most 200."),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0).describe("How many to skip."),
  cursor: z.string().max(512).optional().describe("The next_cursor of the page before; stable while rows come and go."),
};

/** `next_cursor` of every list's answer. */
export const nextCursorSchema = z.string().nullable().describe("The cursor of the next page; null: there is none.");

/** Opaque to callers: the sort values of the last row. */
export function encodeCursor(values: readonly string[]): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

/** Throws `bad_request` for a cursor we did not make. */
export function decodeCursor(cursor: string, length: number): string[] {
  const parsed = z
    .array(z.string().regex(/^[^\0]*$/))
    .length(length)
    .safeParse(parseJson(Buffer.from(cursor, "base64url").toString()));
  if (!parsed.success) throw badCursor();
  return parsed.data;
}

export function badCursor(): AppError {
  return new AppError(
    "bad_request",
    "This cursor is not valid. Take next_cursor from the page before, or leave it out.",
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
