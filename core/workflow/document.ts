import type { JsonObject } from "@/core/json";
import type { AnswerForm, DeliveryIdSource, SignatureScheme, WebhookMethod } from "./trigger-words";

/**
 * The canonical form of a workflow document: what the engine compiles, the API stores and the canvas edits.
 * The importer (`core/workflow/import`) accepts every spelling of the sources and produces this; nothing else reads aliases.
 */
export interface Spec {
  specVersion: "1";
  startNodeId: string;
  inputSchema?: JsonObject;
  nodes: SpecNode[];
  edges: SpecEdge[];
  /** Unknown fields and original spellings, kept so that an export gives back what was imported. */
  "x-source"?: JsonObject;
}

/** Fields every node may have; the fields of its own type stand beside them (`[field: string]`). */
export interface SpecNode {
  id: string;
  /** Canonical step type, e.g. `tool_call`. */
  type: string;
  name?: string;
  note?: string;
  /** Template for the line people read on the run card, e.g. `${output.display}`. */
  result?: string;
  retry?: RetrySetting;
  /** Milliseconds, per attempt. */
  timeoutMs?: number;
  /** `{next}` is turned into an edge with case `error` on import. */
  onError?: "fail" | "continue";
  disabled?: boolean;
  repeatable?: "safe" | "unsafe";
  /** Dot paths of input or output values that are never shown or logged. */
  sensitive?: string[];
  join?: "all" | "any";
  ui?: JsonObject;
  "x-source"?: JsonObject;
  [field: string]: unknown;
}

export interface SpecEdge {
  from: string;
  to: string;
  /** Always present in the canonical form: the handle of the source node (`out` where a type has one way out). */
  case: string;
  /** How it was written, when it was imported in another spelling. */
  "x-source"?: JsonObject;
}

export type RetryClass = "5xx" | "4xx" | "timeout" | "network" | "429";

export interface RetrySetting {
  /** Tries in total. */
  maxAttempts?: number;
  backoff?: BackoffSetting;
  retryOn?: RetryClass[];
}

/** A number is a fixed delay in ms; `"exponential"` is base 1000 ms, factor 2, cap 60 s, with jitter. */
export type BackoffSetting =
  | number
  | "exponential"
  | { type: "fixed" | "exponential"; delayMs?: number; factor?: number; maxDelayMs?: number; jitter?: boolean };

export interface Trigger {
  id: string;
  /** Which there are stands in `triggers/definitions`; the fields below are those of all of them. */
  type: string;
  /** What the run card shows, e.g. "Customer request". */
  label?: string;
  /** Templates over what arrived (`trigger`), giving the workflow's input. */
  input?: JsonObject;
  /** event */
  event?: string;
  filter?: string | JsonObject;
  /** schedule */
  cron?: string;
  timezone?: string;
  missed?: "last" | "all" | "none";
  overlap?: "allow" | "skip" | "queue";
  /** webhook */
  respond?: "accepted" | "output";
  respondTimeoutMs?: number;
  /** Default: POST alone. */
  methods?: WebhookMethod[];
  /** Who may call: those who prove it, or anybody with the address. */
  callers?: "signed" | "anyone";
  /** Default: `auto`. */
  signature?: SignatureScheme;
  /** Default: `auto`. */
  deliveryId?: DeliveryIdSource;
  verification?: "auto" | "off";
  verifyToken?: string;
  /** Default: `json`. */
  answer?: AnswerForm;
  answerText?: string;
  /** Default: 202. */
  answerStatus?: number;
  /** Default: 500. */
  failedStatus?: number;
  [field: string]: unknown;
}

export interface WorkflowConfig {
  /** Active time only, ms. Default 300000. */
  timeoutMs: number;
  /** Retries after the first try. Default 3. */
  maxRetries: number;
  /** Default 1000 ms. */
  backoff: BackoffSetting;
  variables: JsonObject;
  /** Wall clock, ms. Default null (no limit). */
  maxAgeMs: number | null;
  concurrency: { limit: number | null; key: string | null; whenFull: "queue" | "skip" | "cancel_oldest" };
}

/** Exactly the defaults of the checklist (source M). */
export const defaultConfig: WorkflowConfig = {
  timeoutMs: 300_000,
  maxRetries: 3,
  backoff: 1000,
  variables: {},
  maxAgeMs: null,
  concurrency: { limit: null, key: null, whenFull: "queue" },
};

export type IssueSeverity = "error" | "warning";

/** One finding of validation. `path` points into the document, e.g. `nodes[3].expression` or `edges[2]`. */
export interface Issue {
  code: string;
  severity: IssueSeverity;
  path: string;
  message: string;
  nodeId?: string;
}
