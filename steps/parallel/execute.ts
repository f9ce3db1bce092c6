import { implementStep } from "@/steps/implement-step";
import { parallelDefinition } from "./definition";

/** The branches are the engine's: everything connected to the way out starts. */
export const executeParallel = implementStep(parallelDefinition, {
  execute: () => ({ kind: "completed", output: null }),
});
