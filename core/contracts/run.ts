import type { AnswerHead, ServiceAnswer } from "@/core/service-answer";
import type { Json, JsonObject } from "@/core/json";
import type { Undecidable } from "./undecidable";
import type { StepStatus } from "@/core/engine/protocol";
import type { RunStatus } from "@/core/run-status";
import type { WorkflowGraph } from "@/core/workflow/graph";

/** A row of the run lists. Times are ISO-8601 UTC everywhere in contracts. */
export interface RunListItem {
  id: string;
  status: RunStatus;
  workflow: { id: string; slug: string; name: string };
  version: number;
  triggerType: string;
  triggerLabel: string | null;
  /** Who or what it is about, for people: the contact, or the first telling input. */
  subject: string | null;
  /** The person or contact it is for, when known. */
  requestedBy: string | null;
  /** What it waits for, e.g. "Manager approval required · role:manager". */
  waitingFor: string | null;
  failureReason: string | null;
  test: boolean;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
}

/** One try of a step. */
export interface RunAttempt {
  /** 1, 2, 3 … over all generations of the run. */
  n: number;
  /** The generation that made it: a retry of the run begins the next one. */
  generation: number;
  status: "running" | "waiting" | "completed" | "failed" | "cancelled";
  error: { code: string; message: string } | null;
  startedAt: string | null;
  endedAt: string | null;
  durationMs: number | null;
  /** Nobody knows its end: the process that made it went away. */
  interrupted?: true;
}

/** Something that happened to a run. */
export interface RunEventItem {
  /** 1, 2, 3 … within the run; never changes. */
  seq: number;
  type: string;
  at: string;
  actor: { name: string } | null;
  data: JsonObject;
}

export interface RunStep {
  /** Null while the run has nothing recorded of it. */
  id: string | null;
  key: string;
  nodeId: string;
  iteration: string;
  name: string;
  type: string;
  status: StepStatus;
  /** Tries so far, over all generations; 0 = none. */
  attempt: number;
  /** The branch it took, once it has. */
  handle?: string;
  /** It took the branch of a person's no. */
  rejected?: true;
  /** Line 2: the action, the expression, the channels. */
  detail: string;
  /** The result line, e.g. "$42.60 prorated"; null until there is one. */
  summary: string | null;
  input: Json;
  output: Json;
  attempts: RunAttempt[];
  /** A new run can be made that goes on from right after it. */
  snapshot: boolean;
  /** With what the service answered, where one refused. */
  error: ({ code: string; message: string } & Partial<ServiceAnswer>) | null;
  /** Of a call that went well: what the service said beside the body, which is the output. */
  response?: AnswerHead | null;
  warnings: string[];
  /** What is longer than is shown here and was cut to `{truncated, start}`; the step by itself has all of it. */
  cut: ("input" | "output")[];
  startedAt: string | null;
  endedAt: string | null;
  durationMs: number | null;
  /** While waiting: for whom, since when, until when, and the waitpoint to decide. */
  waiting: {
    waitpointId: string;
    kind: string;
    for: string[];
    since: string;
    dueAt: string | null;
    /** Of a question to people: since when nobody can answer it, and why. */
    undecidable?: Undecidable | null;
    /** Of a wait for a call from outside: where to post. For those who may control the run. */
    callbackUrl?: string;
    /** Of a form that is open to whoever has its address: that address. For those who may control the run. */
    formUrl?: string;
    /** Whoever looks may ask for that address. */
    hasPage?: true;
  } | null;
}

export const runCallbackStatuses = ["pending", "delivered", "captured", "failed", "dead"] as const;

/** A call to the address that a run was started with. */
export interface RunCallback {
  /** `run.completed`, `run.failed` or `run.cancelled` */
  event: string;
  /** `failed`: it is tried again; `dead`: it was given up; `captured`: kept, because nothing is sent from here. */
  status: (typeof runCallbackStatuses)[number];
  attempts: number;
  lastError: string | null;
  createdAt: string;
  deliveredAt: string | null;
}

export interface RunDetail extends RunListItem {
  input: JsonObject;
  output: Json;
  error: { code: string; message: string; nodeId: string | null } | null;
  cancelReason: string | null;
  /** What the end step said that ended it. */
  message: string | null;
  /** What a completed run came short of, a sentence each: "Each order: 1 of 3 items failed." */
  warnings: string[];
  waitingOn: "async" | "human" | "form" | "approval" | null;
  hibernated: boolean;
  heartbeatAt: string | null;
  restoredFrom: string | null;
  owner: { id: string; name: string };
  conversationId: string | null;
  callbackUrl: string | null;
  /** What became of the calls to it: one for each end of the run, oldest first. */
  callbacks: RunCallback[];
  /** Steps in the order of the workflow; those not reached yet have status `pending`. */
  steps: RunStep[];
  /** Steps of loops that are not among `steps`: how many, and what to ask for to get the next page. Null: all are there. */
  moreSteps: { count: number; after: number } | null;
  /** As at a step. */
  cut: ("input" | "output")[];
  /** The latest of what happened, oldest first. */
  events: RunEventItem[];
  /** The version's graph, for the read-only drawing. */
  graph: WorkflowGraph;
  /** Which of pause, resume, cancel, retry are legal now. */
  allowed: ("pause" | "resume" | "cancel" | "retry")[];
  /** It failed, and stands in the inbox until somebody chooses what becomes of it. */
  repair: boolean;
  /** Whether whoever looks may see what its steps hide, when they say why. */
  mayReveal: boolean;
  /** Whether whoever looks may make new runs from this one's snapshots. */
  mayRestore: boolean;
}
