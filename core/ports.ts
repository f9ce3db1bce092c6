import type { Json, JsonObject } from "@/core/json";
import type { StepError } from "@/core/step-error";
import type { LiveRule } from "@/core/approver-rules/document";
import type { NamedCalendar } from "@/core/schedule/calendar";
import type { StepErrorCode } from "./step-error-codes";
import type { PlanNode } from "@/core/engine/plan";
import type { AnswerHead } from "@/core/service-answer";

/** Time in ms since epoch; the only source of "now" below the adapters. */
export interface Clock {
  now(): number;
}

export interface HttpRequest {
  method: string;
  /** Relative to the connection's base URL, or absolute for the generic connector. */
  path: string;
  /** A list repeats the parameter. */
  query?: Record<string, string | string[]>;
  headers?: Record<string, string>;
  body?: Json;
  timeoutMs: number;
}

export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  /** As it is declared: JSON, form fields, text, `{base64, type, size}`; null when there is none. */
  body: Json;
  /** The body is not what it was declared to be; `body` is its text. A step fails with this when the status was good. */
  problem?: { code: StepErrorCode; message: string };
  /** What a person should know about how the body was read, one sentence each. */
  warnings?: string[];
  durationMs: number;
}

/** Calls through a registered connection: base URL, injected auth, SSRF guard, receipts and redaction included. */
export interface ConnectionPort {
  /** Any status is a value; network failure, timeout and refused addresses come back as `error`. */
  request(
    connectionSlug: string,
    request: HttpRequest,
  ): Promise<{ response: HttpResponse } | { error: StepError; warnings?: string[] }>;
}

/** Looks up who a step means. `ref` is `role:x`, `user:id`, `team:id`, an e-mail or a list of these. */
export interface DirectoryPort {
  /** Normalised references (`role:…`, `user:<uuid>`, `team:<uuid>`); unknown ones are reported. */
  resolveAssignees(refs: readonly string[]): Promise<{ refs: string[]; unknown: string[] }>;
  /** The table of approver rules that decides at this moment; null where none of this key is live. */
  approverRule(key: string): Promise<LiveRule | null>;
  /** The working calendar that a step means, see `chooseCalendar`. `asked`: normalised references. */
  calendar(named: string, asked: readonly string[]): Promise<{ calendar: NamedCalendar | null; isMissing: boolean }>;
  /** Addresses of a recipient per channel: contact id, e-mail, `user:`, `role:` or `team:` reference. */
  addresses(to: string, channel: string): Promise<string[]>;
}

/** Something to be told to somebody, committed together with the step that caused it. */
export type OutboxDraft =
  | { kind: "message"; channel: string; address: string; to: string; subject?: string; body: string }
  | { kind: "conversation_message"; conversationId: string; body: string; data?: JsonObject }
  | { kind: "webhook_event"; event: string; payload: Json };

/** Opened by a wait step; resolved by a person, a timer or a call. */
export interface WaitpointDraft {
  kind: "approval" | "form" | "handoff" | "timer" | "callback" | "event";
  /** Who may act, normalised references. */
  assignees?: string[];
  /** What they see: headline, fields, action label, form schema … shown as it is stored. */
  request: JsonObject;
  /** When it falls due, ms since epoch. */
  dueAt?: number;
  /** What happens then; interpreted by the step's `resolve`. */
  onDue?: JsonObject;
  /** For `event`: what to match. */
  match?: JsonObject;
}

/** How a waitpoint ended. */
export interface WaitpointResolution {
  /** `approved`, `rejected`, `submitted`, `returned`, `called`, `due` … */
  outcome: string;
  by?: { id: string; name: string; email?: string };
  at: number;
  data: JsonObject;
}

export type StepOutcome =
  | {
      kind: "completed";
      output: Json;
      handle?: string;
      /** It ends the run; `message` is for people and stands beside the run's output. */
      end?: { status: "completed" | "failed"; message: string | null };
      /** Of a call to a service: what it said beside the body, for `step.<id>.response`. */
      response?: AnswerHead;
      summary?: string;
      warnings?: string[];
      outbox?: OutboxDraft[];
      failUnconnected?: {
        reason: "approval_rejected" | "approval_timed_out" | "form_timed_out" | "handoff_timed_out";
        error: StepError;
      };
    }
  | {
      kind: "failed";
      error: StepError;
      reason?:
        | "approval_rejected"
        | "approval_timed_out"
        | "form_timed_out"
        | "handoff_timed_out"
        | "unsafe_unknown_outcome";
      /** How the request was built may be why it was refused. */
      warnings?: string[];
    }
  | { kind: "waiting"; waitpoint: WaitpointDraft; warnings?: string[]; outbox?: OutboxDraft[] }
  /** Containers: the items to go through (`null` with `max`: repeat until the step's `decideRepeat` says stop). */
  | {
      kind: "opened";
      items: Json[] | null;
      itemName: string;
      concurrency: number;
      max?: number;
      onItemError: "fail" | "continue";
    };

/** Evaluates the node's expressions and templates against this run, at this iteration. Never throws. */
export interface StepEvaluator {
  /** Bare CEL or JSON-logic. */
  expression(source: unknown): { ok: true; value: Json } | { ok: false; error: StepError };
  /** Fills every `${…}` in a value. `forUrl` percent-encodes what is filled in. */
  template(
    value: unknown,
    options?: { forUrl?: boolean; extra?: JsonObject },
  ): { ok: true; value: Json } | { ok: false; error: StepError };
}

export interface StepContext<C> {
  node: PlanNode;
  config: C;
  iteration: string;
  attempt: number;
  run: {
    id: string;
    organizationId: string;
    workflowId: string;
    workflowSlug: string;
    workflowName: string;
    version: number;
    test: boolean;
    conversationId: string | null;
    contactId: string | null;
  };
  evaluate: StepEvaluator;
  /** Stable over attempts and crashes. */
  idempotencyKey: string;
  /** Aborts at the attempt's timeout or when the run is cancelled. */
  signal: AbortSignal;
  /** The time of this event, ms: what `env.now` reads. */
  now: number;
  ports: { connections: ConnectionPort; directory: DirectoryPort };
}

/** The server half of a step type. Expected failures are outcomes; a throw means a bug or broken infrastructure. */
export interface StepExecutor<C> {
  execute(context: StepContext<C>): Promise<StepOutcome> | StepOutcome;
  /** Wait steps: what the resolution means. `completed`, `failed`, or `waiting` again (escalation opens a new waitpoint). */
  resolve?(
    context: StepContext<C>,
    resolution: WaitpointResolution,
    request: JsonObject,
  ): Promise<StepOutcome> | StepOutcome;
  /** Repeat loops: whether to go round again after iteration `index`. */
  decideRepeat?(context: StepContext<C>, index: number): { again: boolean } | { error: StepError };
}
