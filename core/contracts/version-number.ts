import { z } from "zod";

/** The largest number that an `integer` column holds. */
const largest = 2_147_483_647;

/** The number of a version, as callers give it: what no column holds is refused before anything looks for it. */
export const versionNumber = z.int().positive().max(largest);
/** The same in an address. */
export const versionInAddress = z.coerce.number().int().positive().max(largest);
/** How often a draft was saved. */
export const revisionNumber = z.int().min(0).max(largest);
