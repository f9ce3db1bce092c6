import type { Consequence } from "@/core/workflow/consequence";

/** A text that is written for later steps is noticed by nobody. */
export const llmConsequence: Consequence<unknown> = () => null;
