import { z } from "zod";
import type { Json, JsonObject } from "@/core/json";

/** What a frozen draft carries for its test: beside the spec, never in it. */
export const testSettingsSchema = z.object({
  testerId: z.string(),
  testerName: z.string(),
  /** Step id -> what it gives instead of being run. */
  pins: z.record(z.string(), z.object({ handle: z.string(), output: z.json() })).default({}),
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
  runs: { id: string; status: string; test: boolean; createdAt: string; input: JsonObject }[];
}

export const startTestSchema = z.object({
  slug: z.string().max(200),
  input: z.record(z.string(), z.json()).default({}),
  /** Start at this step: everything before it gives what it gave in `fromRun`. */
  from: z.object({ nodeId: z.string().max(200), runId: z.string().max(100) }).optional(),
  allowLive: z.boolean().default(false),
});

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
      values: z.record(z.string(), z.json()).optional(),
      comment: z.string().max(5000).optional(),
    }),
  ]),
});
