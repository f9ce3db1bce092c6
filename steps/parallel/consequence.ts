import type { Consequence } from "@/core/workflow/consequence";

/** What is done side by side is told, not that it is. */
export const parallelConsequence: Consequence<unknown> = () => null;
