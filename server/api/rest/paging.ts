import { z } from "zod";
import { AppError } from "@/core/errors";

const defaultLimit = 50;
const maxLimit = 200;

/** Query fields of every list. A limit above 200 is taken as 200. */
export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .default(defaultLimit)
    .transform((limit) => Math.min(limit, maxLimit))
    .describe("How many, at most 200."),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0).describe("How many to skip."),
  cursor: z.string().max(512).optional().describe("The next_cursor of the page before; stable while rows come and go."),
};

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
