import { z } from "zod";

/** How much one caller may take of what everybody shares. */
export const limitVariables = {
  /** Connections that one client address may have open at the web process; behind proxies, requests under way. */
  HOLDPOINT_CONNECTIONS_PER_ADDRESS: count(200, { min: 10, max: 100_000 }),
  /** Live streams (open pages, followed runs) that the web process keeps open in all. */
  HOLDPOINT_STREAMS: count(2_000, { min: 10, max: 100_000 }),
  HOLDPOINT_STREAMS_PER_ORGANIZATION: count(500, { min: 10, max: 100_000 }),
  /** Runs that one organization may start from outside, and how many at once after a quiet time. */
  HOLDPOINT_STARTS_PER_SECOND: count(200, { min: 1, max: 100_000 }),
  HOLDPOINT_STARTS_AT_ONCE: count(1_000, { min: 1, max: 1_000_000 }),
  /** Milliseconds of work on large documents that one organization may cause a second, and at once after a quiet time. */
  HOLDPOINT_DOCUMENT_WORK_PER_SECOND: count(500, { min: 10, max: 100_000 }),
  HOLDPOINT_DOCUMENT_WORK_AT_ONCE: count(30_000, { min: 100, max: 10_000_000 }),
};

function count(fallback: number, { min, max }: { min: number; max: number }) {
  return z.coerce
    .number({ error: "must be a number" })
    .int("must be a whole number")
    .min(min, `must be ${String(min)} or more`)
    .max(max, `must be at most ${String(max)}`)
    .default(fallback);
}
