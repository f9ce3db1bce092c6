import type { Json, JsonObject } from "@/core/json";

/** What a finished step left behind, in the form that the SDK reads. */
export type Memo = { type: "data"; data: Json } | { type: "error"; error: Json };

/** One call of a function that this worker holds the lease of. */
export interface Call {
  run: string;
  /** `step` (go on with the function) or the hash of one planned step. */
  step: string;
  attempt: number;
  /** New with every lease; a writer with an older one is refused. */
  fence: number;
  /** Workers that crashed or hung with this call in hand; those that somebody ended do not count. */
  takeovers: number;
  fn: string;
  /** Whose run it is: those with calls to make share the slots evenly. */
  key: string;
  events: JsonObject[];
  steps: Record<string, Memo>;
  /** Finished steps in order of completion. */
  stack: string[];
}

/** The step id of a call that goes on with the function, as opposed to one planned step. */
export const discovery = "step";

/** Names one lease of one call: what the SDK gives back with each checkpoint. */
export function callId(call: { run: string; step: string; fence: number }): string {
  return `${call.run}:${call.step}:${call.fence}`;
}
