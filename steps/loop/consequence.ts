import { stepNamed, type Consequence } from "@/core/workflow/consequence";
import { itemsSite, type LoopConfig } from "./definition";

export const loopConsequence: Consequence<LoopConfig> = (step) => {
  const steps = `repeats ${stepNamed(step, "some steps")}`;
  if (step.config.items === undefined) return steps;
  const { value, kind } = itemsSite(step.config);
  const items = step.known(value, kind);
  if (!Array.isArray(items)) return `${steps} for each item of a list`;
  return `${steps} for ${items.length === 1 ? "1 item" : `${items.length.toLocaleString("en-US")} items`}`;
};
