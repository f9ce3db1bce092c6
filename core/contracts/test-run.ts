import { z } from "zod";
import { admittedObject } from "./admitted-json";
import type { Json, JsonObject } from "@/core/json";
import type { RunStatus } from "@/core/run-status";

/** A recorded result that a test takes instead of running the step. */
const pinnedResultSchema = z.object({ handle: z.string(), output: z.json() });
export type PinnedResult = z.output<typeof pinnedResultSchema>;

/** What a frozen draft carries for its test: beside the spec, never in it. */
export const testSettingsSchema = z.object({
  testerId: z.string(),
  testerName: z.string(),
  /** Where messages of the test go, whoever they are for. */
  testerEmail: z.string(),
  /** Step id, or key of one iteration (`pay[2]`) -> what it gives instead of being run. */
  pins: z.record(z.string(), pinnedResultSchema).default({}),
  /** The tester agreed that connections marked live are really called. */
  liveAllowed: z.boolean().default(false),
});
export type TestSettings = z.output<typeof testSettingsSchema>;

export interface TestSample {
  id: string;
  name: string;
  input: JsonObject;
}

export interface TestPin {
  nodeId: string;
  handle: string;
  output: Json;
  by: string;
}

/** What a test may use. */
export interface TestBench {
  inputSchema: JsonObject | null;
  samples: TestSample[];
  pins: TestPin[];
  /** Newest first: to look at, to run from, to take outputs from. */
  runs: { id: string; status: RunStatus; test: boolean; createdAt: string; input: JsonObject }[];
  /** Ways out that a test has taken since this draft was begun. */
  taken: { nodeId: string; handle: string }[];
  /** Whether the person looking may test and change samples and pins. */
  mayTest: boolean;
}

/** A pin is kept for every test, so it must stay small enough to be copied into each. */
export const maxPinCharacters = 256_000;

export const pinSchema = z.object({
  slug: z.string().max(200),
  nodeId: z.string().max(200),
  handle: z.string().max(500),
  output: z.json(),
});

export const saveSampleSchema = z.object({
  slug: z.string().max(200),
  name: z.string().trim().min(1, "Give the sample a name.").max(120),
  input: admittedObject,
});

export const startTestSchema = z.object({
  slug: z.string().max(200),
  input: admittedObject.default({}),
  /** Start at this step: everything before it gives what it gave in `runId`. */
  from: z.object({ nodeId: z.string().max(200), runId: z.string().max(100) }).optional(),
  allowLive: z.boolean().default(false),
});
export type StartTest = z.output<typeof startTestSchema>;

export type StartedTest =
  | { started: true; runId: string }
  /** Connections that act for real; the tester is asked first. */
  | { started: false; liveConnections: { slug: string; name: string }[] };

/** What a rehearsal does to something a test run waits for. */
export const rehearseSchema = z.object({
  runId: z.string().max(100),
  waitpointId: z.string().max(100),
  /** `pass_time`: its time is over now. `answer`: the outcome of an approval, form, handoff or callback. */
  act: z.discriminatedUnion("type", [
    z.object({ type: z.literal("pass_time") }),
    z.object({
      type: z.literal("answer"),
      outcome: z.string().max(100),
      values: admittedObject.optional(),
      comment: z.string().max(5000).optional(),
    }),
  ]),
});
export type Rehearsal = z.output<typeof rehearseSchema>;

/** What a test waits for, with all that somebody needs to play the part of whom it waits for. */
export interface TestQuestion {
  waitpointId: string;
  nodeId: string;
  kind: "approval" | "form" | "handoff" | "callback" | "timer" | "event";
  /** Whom the step means, for people: "Manager"; empty when nobody is named. */
  insteadOf: string[];
  title: string;
  text: string | null;
  facts: { label: string; value: string }[];
  /** Of a form. */
  form: { schema: JsonObject; values: JsonObject } | null;
  /** Of a question with its own answers. */
  choices: { value: string; label: string }[];
  commentRequiredOn: ("approved" | "rejected")[];
  /** When its time is over; null: it waits without a limit. */
  dueAt: string | null;
}

export const testQuestionSchema = rehearseSchema.omit({ act: true });
