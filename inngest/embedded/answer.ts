import type { Json, JsonObject } from "@/core/json";
import { newId } from "@/core/ids";
import { discovery, type Call } from "./call";
import { concurrencyKeys, timeoutsOf, type Catalog } from "./function-catalog";
import { limits } from "./limits";
import { matchOf } from "./match-key";
import type { SdkAnswer } from "./sdk";
import type { AnswerDraft, MemoDraft, StartDraft, WaitDraft } from "./store";
import { timeFromText } from "./time-text";

/** What a call's answer means for the run. */
export type Verdict =
  | { kind: "ops"; draft: AnswerDraft }
  | { kind: "retry"; memos: MemoDraft[]; afterMs: number | null; error: JsonObject }
  | { kind: "finish"; status: "Completed"; outcome: { result: Json } }
  | { kind: "finish"; status: "Failed"; outcome: { error: JsonObject } };

/** An operation as the SDK reports it. */
export interface Op {
  id: string;
  op: string;
  name?: string;
  displayName?: string;
  opts?: JsonObject;
  data?: Json;
  error?: Json;
}

interface Situation {
  call: Call;
  catalog: Catalog;
  now: number;
}

type Draft =
  | { memo: MemoDraft }
  | { wait: WaitDraft }
  | { planned: { id: string; race: boolean } }
  | { child: AnswerDraft["children"][number]; wait: WaitDraft }
  | { refused: string }
  | Record<string, never>;

/** Reads the SDK's answer. Pure: everything it decides is in the verdict. */
export function readAnswer(answer: SdkAnswer, call: Call, catalog: Catalog, now: number): Verdict {
  const maxAttempts = catalog.get(call.fn)?.maxAttempts ?? 1;
  const final = answer.headers["x-inngest-no-retry"] === "true" || call.attempt + 1 >= maxAttempts;
  const afterMs = retryAfter(answer.headers["retry-after"], now);
  if (answer.status === 200) return { kind: "finish", status: "Completed", outcome: { result: answer.body } };
  if (answer.status !== 206 || !Array.isArray(answer.body)) {
    return final ? failed(errorOf(answer.body)) : { kind: "retry", memos: [], afterMs, error: errorOf(answer.body) };
  }
  // Checked by the contract test against the pinned SDK.
  const ops = answer.body as unknown as Op[];
  const complete = ops.find(({ op }) => op === "RunComplete");
  if (complete) return { kind: "finish", status: "Completed", outcome: { result: complete.data ?? null } };

  const draft: AnswerDraft = { memos: [], waits: [], planned: [], children: [] };
  let retry: Op | undefined;
  for (const op of ops) {
    if (op.op === "StepError" && !final) {
      retry = op;
      continue;
    }
    const part = (readers[op.op] ?? unknown)(op, { call, catalog, now });
    if ("refused" in part) return failed({ name: "Error", message: part.refused });
    if ("memo" in part) draft.memos.push(part.memo);
    if ("wait" in part) draft.waits.push(part.wait);
    if ("child" in part) draft.children.push(part.child);
    if ("planned" in part) draft.planned.push(part.planned);
  }
  if (retry) return { kind: "retry", memos: draft.memos, afterMs, error: errorOf(retry.error ?? null) };
  return { kind: "ops", draft };
}

const readers: Record<string, (op: Op, situation: Situation) => Draft> = {
  StepRun: (op) => ({ memo: memoOf(op, "data", op.data ?? null) }),
  Step: (op) => ({ memo: memoOf(op, "data", op.data ?? null) }),
  StepFailed: (op) => ({ memo: memoOf(op, "error", errorOf(op.error ?? null)) }),
  StepError: (op) => ({ memo: memoOf(op, "error", errorOf(op.error ?? null)) }),
  StepPlanned: (op) => ({ planned: { id: op.id, race: isRace(op) } }),
  Sleep: (op, { now }) => waitUntil(op, op.name ?? "", now, { kind: "sleep" }),
  WaitForEvent: readEventWait,
  WaitForSignal: (op, { now }) =>
    waitUntil(op, text(op.opts?.["timeout"]), now, {
      kind: "signal",
      event: "inngest/signal",
      key: text(op.opts?.["signal"]),
      conflict: text(op.opts?.["conflict"]),
    }),
  InvokeFunction: readInvoke,
};

function readEventWait(op: Op, { call, now }: Situation): Draft {
  try {
    const { key, residual } = matchOf(
      op.opts?.["if"] === undefined ? undefined : text(op.opts["if"]),
      call.events[0] ?? {},
    );
    return waitUntil(op, text(op.opts?.["timeout"]), now, { kind: "event", event: op.name ?? "", key, residual });
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}

function readInvoke(op: Op, { call, catalog, now }: Situation): Draft {
  const id = text(op.opts?.["function_id"]);
  const spec = catalog.get(id);
  if (!spec)
    return { memo: memoOf(op, "error", { name: "Error", message: `There is no function "${id}" to invoke.` }) };
  const timeout = text(op.opts?.["timeout"]);
  const part = waitUntil(op, timeout === "" ? "365d" : timeout, now, { kind: "invoke" });
  if (!("wait" in part)) return part;
  const payload = (op.opts?.["payload"] ?? {}) as JsonObject;
  const event: JsonObject = {
    id: newId(now),
    name: "inngest/function.invoked",
    data: {
      ...((payload["data"] ?? {}) as JsonObject),
      _inngest: { fn_id: id, correlation_id: `${call.run}.${op.id}` },
    },
    ts: now,
  };
  const start: StartDraft = {
    run: newId(now),
    fn: id,
    lease: false,
    ...concurrencyKeys(spec, event),
    ...timeoutsOf(spec),
    cancels: [],
  };
  return { wait: part.wait, child: { ...start, parentStep: op.id, event } };
}

function unknown(op: Op): Draft {
  return {
    refused: `The step "${op.displayName ?? op.id}" uses ${op.op}, which the embedded executor does not offer. Run against an Inngest server, or use another kind of step.`,
  };
}

function waitUntil(op: Op, when: string, now: number, wait: Omit<WaitDraft, "id">): Draft {
  const dueAt = timeFromText(when, now);
  if (dueAt === null)
    return { refused: `The step "${op.displayName ?? op.id}" waits until "${when}", which is not a time.` };
  if (dueAt - now > limits.wait)
    return { refused: `The step "${op.displayName ?? op.id}" waits for more than 366 days. Wait in several parts.` };
  return { wait: { id: op.id, name: op.displayName ?? "", race: isRace(op), dueAt, ...wait } };
}

export function failed(error: JsonObject): Verdict {
  // `error` twice: real servers send the message under that name beside name, message and stack.
  return { kind: "finish", status: "Failed", outcome: { error: { error: error["message"] ?? null, ...error } } };
}

function memoOf(op: Op, kind: MemoDraft["kind"], memo: Json): MemoDraft {
  return { id: op.id, name: op.displayName ?? "", kind, memo };
}

function errorOf(body: Json): JsonObject {
  if (body === null || typeof body !== "object" || Array.isArray(body)) return { name: "Error", message: text(body) };
  const { name, message, stack, cause, error } = body;
  return {
    name: text(name) || "Error",
    message: text(message) || text(error),
    ...(stack === undefined ? {} : { stack }),
    ...(cause === undefined ? {} : { cause }),
  };
}

function retryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const ms = /^\d+(\.\d+)?$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, limits.retryAfterMin), limits.retryAfterMax);
}

function isRace(op: Op): boolean {
  return op.opts?.["parallelMode"] === "race";
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value);
}

/** A call that only one step can answer. */
export function isTargeted(call: Call): boolean {
  return call.step !== discovery;
}
