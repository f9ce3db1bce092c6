import type { Consequence } from "@/core/workflow/consequence";

/** Nobody notices a beginning. */
export const startConsequence: Consequence<unknown> = () => null;
