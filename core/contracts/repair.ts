import type { Json, JsonObject } from "@/core/json";
import type { ApprovalContext } from "./approval";
import type { RunStep } from "./run";

/** What somebody did with a failed run. */
export const repairWays = ["retried", "moved", "fixed", "skipped", "restored", "left"] as const;
export type RepairWay = (typeof repairWays)[number];

/** A failed run that needs a choice, as a card of the inbox. */
export interface RepairItem {
  kind: "failed";
  /** The run's. */
  id: string;
  runId: string;
  nodeId: string;
  status: "open" | "settled";
  headline: string;
  /** The cause, in a sentence. */
  detail: string;
  /** For people: "Kim". */
  assignTo: string[];
  createdAt: string;
  /** It is never due. */
  dueAt: null;
  requestedBy: string | null;
  workflow: { id: string; slug: string; name: string; version: number };
  /** How many more failed alike: the same workflow, step and error, and wait for the same person. */
  alike: number;
  settled: { how: RepairWay; by: string; at: string; reason: string | null } | null;
  /** Whether the person looking may do something about it, and if not why. */
  canAnswer: boolean;
  cannotAnswerReason: string | null;
}

/** What is known of one run of a round. */
export const tryResults = ["waiting", "trying", "passed", "failed", "left_out"] as const;
export type TryResult = (typeof tryResults)[number];

/** "Try all again": the first of those that failed alike, and when it got past its step, the rest. */
export interface RepairRound {
  /** `first`: the first is being tried; `rest`: it got past, and so are the others; `stopped`: the first failed again. */
  state: "first" | "rest" | "done" | "stopped";
  begunBy: string;
  begunAt: string;
  /** The first ones; `more` are not named. */
  tries: { runId: string; result: TryResult }[];
  more: number;
  counts: Record<TryResult, number>;
}

/** The version that is live, for a failed run of an earlier one. */
export interface GoOn {
  version: number;
  /** Why the run cannot go on with it, in a sentence; null: it can. */
  refusal: string | null;
  /** Names of steps that were answered and wait once more. */
  askedAgain: string[];
}

/** The card unfolded: what failed, what it had been given, and what can be done. */
export interface RepairContext extends RepairItem {
  /** The step that failed; null where it was no step. */
  step: Pick<RunStep, "name" | "type" | "input" | "attempts" | "error"> | null;
  /** Values that the error names, of what the step was given. */
  failing: { path: string; value: Json }[];
  steps: ApprovalContext["steps"];
  /** The fields of the run's input that the step reads; null where nothing can be corrected. */
  fix: {
    schema: JsonObject;
    values: JsonObject;
    /** Fields that are sensitive: they stay as they are when they are left empty. */
    hidden: string[];
    /** The step may read any of them. */
    whole: boolean;
  } | null;
  /** How often the run was tried again before it failed this time, and who did so last; null: never. */
  triedBefore: { times: number; by: string; at: string } | null;
  /** Why the step cannot be skipped; null: it can. */
  skipRefused: string | null;
  /** Going on with the version that is live by now; null: it is on that one, or none is. */
  goOn: GoOn | null;
  /** The latest round that this run was in, or that is under way for those like it. */
  round: RepairRound | null;
}
