import type { Consequence } from "@/core/workflow/consequence";

/** Nobody notices that values are worked out. */
export const transformConsequence: Consequence<unknown> = () => null;
