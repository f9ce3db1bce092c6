import type { Json, JsonObject } from "@/core/json";
import type { StepRecord, StepStatus } from "@/core/engine/protocol";
import type { RunStatus } from "@/core/run-status";
import type { AnswerHead, ServiceAnswer } from "@/core/service-answer";

/** A run as its drivers need it. Times in ms since epoch. */
export interface JournalRun {
  id: string;
  organizationId: string;
  workflowId: string;
  versionId: string;
  version: number;
  status: RunStatus;
  generation: number;
  seq: number;
  parkedBy: string | null;
  triggerType: string;
  triggerLabel: string | null;
  input: JsonObject;
  inputEdits: JsonObject | null;
  ownerId: string;
  requestedBy: string | null;
  contactId: string | null;
  conversationId: string | null;
  callbackUrl: string | null;
  test: boolean;
  activeMs: number;
  /** What people corrected when they retried it: it replaces what started the run, so `trigger.*` shows it too. */
  patch?: JsonObject | null;
  createdAt: number;
  startedAt: number | null;
  /** What drivers of this generation were last told by a turn that belongs to no step. */
  drivers: DriverRecords | null;
}

/** By driver: the turn it had reached (`turn`, counted by the driver itself) and what that turn told it. */
export type DriverRecords = Record<string, { turn: number; memo: Json }>;

/** One journal row. `engine` is what the reducer and the driver need beside status and handle. */
export interface JournalRow {
  key: string;
  g: number;
  seq: number;
  id: string;
  nodeId: string;
  iteration: string;
  name: string;
  type: string;
  status: StepStatus;
  attempt: number;
  handle: string | null;
  engine: RowEngine | null;
  input: Json;
  output: Json;
  error: StepFailure | null;
  summary: string | null;
  attempts: FailedAttempt[] | null;
  warnings: string[] | null;
  startedAt: number | null;
  endedAt: number | null;
  durationMs: number | null;
}

export interface RowEngine extends Pick<StepRecord, "end" | "loop" | "waitingFor" | "failure"> {
  /** What the commit of this attempt told its driver to do next: given again when the driver's own memory of it was lost. */
  memo?: Json;
  /** Who was told so: the steps that the memo names are for this driver to take, as long as its generation lasts. */
  toldTo?: { driver: string; generation: number };
  /** An unsafe step says so before it acts; without an outcome after a crash, a person is asked. */
  intent?: boolean;
  /** Of a call to a service that went well: what it said beside the body. */
  response?: AnswerHead;
  /** It called through a connection that keeps no answers on record: its output is for the run alone. */
  unrecorded?: true;
  /** The call of this attempt was seen to be under way: finding that after a crash, it is made again, and the record says so. */
  underWay?: boolean;
  /** Of an end step: what it tells people. */
  endMessage?: string;
  /** Of a loop that went on past failed items, or gave up before its condition was true. */
  shortfall?: LoopShortfall;
  /** Of a granted approval: the values that may not change before what follows it acts. */
  bound?: BoundValue[];
}

/** Of `of` iterations, how many were given up; `gaveUp`: as many rounds as allowed were not enough. */
export interface LoopShortfall {
  of: number;
  failed: number;
  gaveUp?: true;
}

/** Why a step failed, and what a service answered to it, where one did (`status`, `headers`, `body`; without secrets). */
export interface StepFailure extends Partial<ServiceAnswer> {
  code: string;
  message: string;
}

export interface BoundValue {
  path: string;
  value: Json;
}

export interface FailedAttempt {
  n: number;
  at: string;
  ms: number;
  error: { code: string; message: string };
  /** The process died during this call, and the same attempt was made again. */
  interrupted?: true;
}

/** What a run had before people had parts of it done again. */
export interface EarlierAnswers {
  /** The first settled row of each key that was superseded. */
  rows: JournalRow[];
  /** How far the journal was when a superseded step was last completed, by key. */
  done: ReadonlyMap<string, number>;
  /** What approvers changed when each approval was first given. */
  edits: JsonObject;
}

/** A resolved or due waitpoint, as the driver reads it. */
export interface ReadyWaitpoint {
  id: string;
  key: string;
  nodeId: string;
  kind: string;
  status: "open" | "resolved";
  outcome: string | null;
  request: JsonObject;
  resolution: JsonObject | null;
  by: { id: string; name: string; email?: string } | null;
  at: number;
}

/** What belongs to one commit; lists that are empty are left out. Field names are short because this is the hot path. */
export interface JournalCommit {
  run: JournalRun;
  nextSeq: number;
  /**
   * The executor's memo of this step, and the lease under which it may be made. `stays`: the worker keeps it in memory and writes it when
   * its call ends, as the journal knows the same; otherwise it is written in the same transaction.
   */
  memo: {
    execRunId: string;
    jobId: string;
    fence: number;
    stays: boolean;
    stepHash: string;
    name: string;
    data: Json;
  } | null;
  rows: JournalRow[];
  update: {
    status: RunStatus;
    parkedBy: string | null;
    nextDueAt: number | null;
    activeMs: number;
    startedAt: number;
    endedAt: number | null;
    /** Effects are handed out and not settled: a driver must be at work, whatever the status shows. */
    busy: boolean;
    /** Only where it changes. */
    drivers?: DriverRecords;
    output?: Json;
    error?: Json;
    failureReason?: string | null;
    /** What a run that went through came short of. */
    warnings?: string[] | null;
    /** What its end step said. */
    endMessage?: string | null;
    inputEdits?: JsonObject;
    bump?: number;
  };
  due?: string[];
  consumed?: string[];
  close?: string[];
  /** Keys whose rows and granted approvals count no more. */
  supersede?: string[];
  open?: JsonObject[];
  receipts?: JsonObject[];
  deliver?: JsonObject[];
  say?: JsonObject[];
  emit?: JsonObject[];
  events?: JsonObject[];
  log?: JsonObject[];
  /** True when this run has or had waitpoints, so that late resolutions must be looked for. */
  waits: boolean;
  /** True for the commit that takes resolutions after a wake-up. */
  reading?: boolean;
  /** A step was settled: the driver is not one that breaks down over and over. */
  progress: boolean;
}

export type CommitResult =
  | { ok: true; status: RunStatus }
  | { ok: false; status: RunStatus | null; generation: number; seq: number };
