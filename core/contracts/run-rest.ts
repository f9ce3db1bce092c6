import { z } from "zod";
import { approvalObjectSchema } from "./approval-rest";
import { stepErrorCodes } from "@/core/step-error-codes";
import { callbackObjectSchema } from "./callback-rest";
import { runStatuses } from "@/core/run-status";
import { undecidableSchema } from "./undecidable-rest";

// The run family on the wire (source A's style): snake_case, bare objects, times ISO-8601 UTC.

/** Typed as a text, because what was kept by earlier versions is shown as it is. */
const codeSchema = z
  .string()
  .meta({ enum: Object.keys(stepErrorCodes) })
  .describe("What kind of failure it is, out of a closed list");

const errorSchema = z.object({ code: codeSchema, message: z.string(), node_id: z.string().nullable() }).nullable();

/** Answers to what makes a run: with a callback address also what its calls are signed with. */
export const callbackSecretSchema = z
  .string()
  .optional()
  .describe(
    "Only with a callback_url: the secret (Standard Webhooks, whsec_…) that signs this run's calls to it. Keep it to verify them.",
  );

export const runObjectSchema = z
  .object({
    id: z.string(),
    status: z.enum(runStatuses),
    template: z.object({ id: z.string(), name: z.string(), version: z.number().int() }),
    trigger_type: z.string(),
    input: z.json(),
    output: z.json(),
    error: errorSchema,
    failure_reason: z.string().nullable(),
    cancel_reason: z.string().nullable(),
    message: z.string().nullable().describe("What the End step said that ended it"),
    warnings: z
      .array(z.string())
      .describe("What a completed run came short of: items of a loop that failed, a loop that gave up"),
    waiting_on: z.enum(["async", "human", "form", "approval"]).nullable(),
    hibernated: z.boolean(),
    heartbeat_at: z.string().nullable(),
    restored_from: z.string().nullable(),
    owner: z.object({ id: z.string(), name: z.string() }),
    requested_by: z.string().nullable(),
    test: z.boolean(),
    callback_url: z.string().nullable(),
    created_at: z.string(),
    started_at: z.string().nullable(),
    ended_at: z.string().nullable(),
  })
  .meta({ id: "Run" });

const attemptSchema = z.object({
  n: z.number().int().describe("1, 2, 3 … over all generations"),
  generation: z.number().int().describe("Which generation of the run made it; each retry of the run begins a new one"),
  status: z.enum(["running", "waiting", "completed", "failed", "cancelled"]),
  error: z.object({ code: codeSchema, message: z.string() }).nullable(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
  duration_ms: z.number().nullable(),
  interrupted: z
    .literal(true)
    .optional()
    .describe("Nobody knows its end: the process that made it went away, and it was made again"),
});

/** Why somebody looks at what is hidden. */
export const revealReason = z
  .string()
  .trim()
  .min(3, "Say why you look.")
  .max(300)
  .describe("Why; kept in the history of the run and in the audit log.");

export const stepObjectSchema = z.object({
  id: z
    .string()
    .nullable()
    .describe("Null for a step that was not reached (again). Of a durable step that is settled: also a snapshot_id"),
  node_id: z.string(),
  iteration: z.string().nullable(),
  name: z.string(),
  type: z.string(),
  status: z.enum(["pending", "running", "waiting", "completed", "failed", "skipped", "cancelled"]),
  attempt: z.number().int().describe("How often it was tried, over all generations; 0 = not yet"),
  attempts: z.array(attemptSchema).describe("Every try, oldest first. A retry of the run keeps what failed before it"),
  input: z.json(),
  output: z.json(),
  summary: z.string().nullable(),
  warnings: z.array(z.string()).describe("What deserves a look although the step went on"),
  error: z
    .object({
      code: codeSchema,
      message: z.string(),
      status: z.number().int().optional().describe("Where a service answered: with which status"),
      headers: z
        .record(z.string(), z.string())
        .optional()
        .describe("Its headers, names in small letters, without secrets"),
      body: z.json().optional().describe("Its body; more than 16 KB are cut to {truncated, start}"),
    })
    .nullable(),
  response: z
    .object({ status: z.number().int(), headers: z.record(z.string(), z.string()) })
    .nullable()
    .describe("Of a call to a service that went well: what it said beside the body, which is the output"),
  cut: z
    .array(z.enum(["input", "output"]))
    .describe("What is longer than 16 KB and was cut to {truncated, start}: …/steps/{step_id} has all of it"),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
  duration_ms: z.number().nullable(),
  waiting: z
    .object({
      id: z.string(),
      kind: z
        .string()
        .describe("approval, form, handoff, timer, callback; retry: a try failed, the next one is due at due_at"),
      for: z.array(z.string()),
      due_at: z.string().nullable(),
      undecidable: undecidableSchema,
      callback_url: z
        .string()
        .nullable()
        .describe(
          "Of a wait for a call from outside: where to post. Only with workflows:write; whoever is shown it counts as having answered, so four eyes bar them from approving in this run.",
        ),
      form_url: z
        .string()
        .nullable()
        .describe(
          "Of a form that asks no member: its page, for whoever is to fill it in. Only with workflows:write; whoever is shown it counts as having answered, so four eyes bar them from approving in this run.",
        ),
    })
    .nullable()
    .describe("While it waits: the approval, form, handoff or timer, by the id that its own routes take"),
});

export const runEventSchema = z.object({
  seq: z.number().int().describe("1, 2, 3 … within the run. Events are written when they happen and never change"),
  type: z
    .string()
    .describe("run.created, run.started, step.started, step.completed, step.failed, step.retry_scheduled …"),
  at: z.string(),
  actor: z.object({ name: z.string() }).nullable(),
  data: z.json(),
});

export const runDetailObjectSchema = runObjectSchema.extend({
  tracking_url: z
    .string()
    .nullable()
    .describe(
      "Of a run that somebody outside asked for: the page where they follow it, ask how it stands and withdraw it; send it to nobody else. Only for whoever began the run or may control runs. It works until 90 days after the run's end.",
    ),
  callbacks: z
    .array(callbackObjectSchema)
    .describe("What became of the calls to callback_url: one for each end of the run, oldest first"),
  steps: z
    .array(stepObjectSchema)
    .describe("All steps outside of loops; of those in loops the first 100 and those under way"),
  more_steps: z
    .object({ count: z.number().int(), after: z.number().int() })
    .nullable()
    .describe("Steps of loops that are not among them; …/steps?after= gives them in pages"),
  events: z.array(runEventSchema).describe("The latest 1,000; all of them at …/events"),
  approvals: z
    .array(approvalObjectSchema)
    .describe("Oldest first: up to 100 that are open, and the latest 100 that are not"),
  more_approvals: z
    .number()
    .int()
    .describe("Approvals that are not among them; GET /api/v1/approvals?run_id= gives them in pages"),
});

export const stepPageSchema = z.object({
  steps: z.array(stepObjectSchema),
  next_after: z.number().int().nullable().describe("Give it as `after` for the next page; null: there are no more"),
});

export const startedRunObjectSchema = runObjectSchema.extend({ callback_secret: callbackSecretSchema });

export const runEventsSchema = z.object({
  events: z.array(runEventSchema),
  next_after: z
    .number()
    .int()
    .nullable()
    .describe("Give it as `after` for the events that follow; null: these are all so far"),
});

export const snapshotObjectSchema = z.object({
  id: z.string().describe("The step run's id; give it to restore as snapshot_id"),
  position: z.number().int().describe("Later snapshots have greater positions"),
  node_id: z.string(),
  iteration: z.string().nullable(),
  name: z.string(),
  type: z.string(),
  generation: z.number().int(),
  at: z.string().nullable(),
});

export const receiptObjectSchema = z.object({
  id: z.string(),
  node_id: z.string(),
  iteration: z.string().nullable(),
  attempt: z.number().int(),
  method: z.string(),
  url: z.string(),
  idempotency_key: z.string(),
  request_hash: z.string().describe("SHA-256 over method, URL and body"),
  status: z.number().int().nullable().describe("Null: no complete answer came, so the outcome is unknown"),
  response: z.json().describe("The answer's body with secrets blacked out, up to 16 KB"),
  error_code: codeSchema.nullable(),
  sent_at: z.string(),
  duration_ms: z.number().nullable(),
});
