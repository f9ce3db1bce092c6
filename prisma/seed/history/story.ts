import type { JsonObject } from "@/core/json";
import type { DemoContactEmail, DemoUserKey } from "../people";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** One run of the demo's past, told in a line. */
export interface Story {
  workflow: string;
  /** When it started, ms before now. */
  ago: number;
  input: JsonObject;
  trigger: { type: string; id: string | null; label: string | null };
  /** Who it is for; their conversation is the run's. */
  contact: DemoContactEmail | null;
  owner: DemoUserKey;
  /** What people do at its waitpoints, in order; whatever is missing is left waiting (or times out). */
  acts: readonly StoryAct[];
  /** What somebody does to the whole run while it waits. */
  control?: { verb: "cancel" | "pause"; afterMs: number; by: DemoUserKey; reason?: string };
}

export interface StoryAct {
  afterMs: number;
  /** `contact`: the customer, through the link. */
  by: DemoUserKey | "contact";
  outcome: string;
  resolution: JsonObject;
}

export function approve(afterMs: number, by: DemoUserKey, comment: string | null = null): StoryAct {
  return {
    afterMs,
    by,
    outcome: "approved",
    resolution: { decision: "approved", comment, messageToRequester: null, edits: {} },
  };
}

export function reject(
  afterMs: number,
  by: DemoUserKey,
  comment: string,
  messageToRequester: string | null = null,
): StoryAct {
  return {
    afterMs,
    by,
    outcome: "rejected",
    resolution: { decision: "rejected", comment, messageToRequester, edits: {} },
  };
}

export function submit(afterMs: number, values: JsonObject): StoryAct {
  return { afterMs, by: "contact", outcome: "submitted", resolution: { values } };
}

export function handBack(afterMs: number, by: DemoUserKey, resolution: string, note: string): StoryAct {
  return { afterMs, by, outcome: "returned", resolution: { resolution, note, comment: note, output: null } };
}
