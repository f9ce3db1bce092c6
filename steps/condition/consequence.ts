import { stepNamed, type Consequence } from "@/core/workflow/consequence";

/** Which way it goes is known when it gets there. */
export const conditionConsequence: Consequence<unknown> = (step) => `goes by ${stepNamed(step, "a condition")}`;
