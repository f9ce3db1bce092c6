import type { Consequence } from "@/core/workflow/consequence";

/** What a run gives back is read by those who started it, and by nobody else. */
export const outputConsequence: Consequence<unknown> = () => null;
