import { z } from "zod";
import { pageQuery } from "./paging";

/** Pages of what is numbered and only grows. */
export const afterQuery = {
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .default(0)
    .describe("Only what comes after this number."),
  limit: pageQuery.limit,
};
