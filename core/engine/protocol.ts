/**
 * The words between the engine and whoever drives it. The engine decides, never acts: events come in (each with the
 * time `at`, ms since epoch), commands go out. Everything here is JSON.
 */

import type { StepError } from "@/core/step-error";

/** Identity of a node in a run: `nodeId`, or `nodeId[2]` in iteration 2 of a loop, `nodeId[2.0]` when nested. */
export type NodeKey = string;

export type StepStatus = "pending" | "running" | "waiting" | "completed" | "failed" | "skipped" | "cancelled";

export type FailureReason =
  | "step_failed"
  | "approval_rejected"
  | "approval_timed_out"
  | "form_timed_out"
  | "handoff_timed_out"
  | "timeout"
  | "max_age"
  /** More steps than a run may have; loops in loops multiply. */
  | "too_many_steps"
  | "unsafe_unknown_outcome"
  /** Driver after driver broke down over this run; see the run's error. */
  | "driver_failed"
  /** The same call took down three workers; see the run's error. */
  | "poisoned"
  | "ended_failed";

export type EngineEvent =
  | { type: "started"; at: number }
  | {
      type: "stepCompleted";
      key: NodeKey;
      at: number;
      /** The attempt this answers. When given, an answer to an earlier attempt is ignored as late. */
      attempt?: number;
      /** Defaults to the node's default handle. */
      handle?: string;
      /** Set by a step that ends the whole run. */
      end?: { status: "completed" | "failed" };
      /** When nothing is connected to `handle`, the run fails with this reason instead of the branch ending quietly. */
      failUnconnected?: { reason: FailureReason; error: StepError };
    }
  /** `random` (0..1) is the jitter of the retry delay, 0.5 when absent. `attempt` as above. */
  | {
      type: "stepFailed";
      key: NodeKey;
      at: number;
      attempt?: number;
      error: StepError;
      reason?: FailureReason;
      random?: number;
    }
  /** A container was opened. `count` null = repeat until `repeatDecided` says stop (at most `max` times). */
  | {
      type: "containerOpened";
      key: NodeKey;
      at: number;
      count: number | null;
      concurrency: number;
      max?: number;
      onItemError: "fail" | "continue";
    }
  /** `index` is the iteration the decision followed; when given, a repeated answer is recognised. */
  | { type: "repeatDecided"; key: NodeKey; at: number; index?: number; again: boolean }
  /** A step has opened its waitpoint (a wait step, or an effect that asks a person about an unknown outcome). */
  | { type: "waiting"; key: NodeKey; at: number; attempt?: number }
  /** `attempt` is the one that is due, as in `scheduleRetry`. Also starts an effect again that waited for a person. */
  | { type: "retryDue"; key: NodeKey; at: number; attempt?: number }
  /** Active time or age is used up. */
  | { type: "deadline"; at: number; reason: "timeout" | "max_age" | "too_many_steps" }
  | { type: "cancelled"; at: number };

export type EngineCommand =
  /** Execute the step (pure, effect or wait kind: the plan knows) as attempt `attempt`, 1-based. */
  | { type: "runStep"; key: NodeKey; nodeId: string; iteration: string; attempt: number }
  /** Evaluate the container's items and answer with `containerOpened`. */
  | { type: "openContainer"; key: NodeKey; nodeId: string; iteration: string }
  /** Evaluate the repeat condition after iteration `index` and answer with `repeatDecided`. */
  | { type: "decideRepeat"; key: NodeKey; nodeId: string; iteration: string; index: number }
  /** Wait `delayMs`, then send `retryDue`. `attempt` is the one to come. */
  | { type: "scheduleRetry"; key: NodeKey; nodeId: string; iteration: string; attempt: number; delayMs: number }
  /**
   * The container is done: record its output from the step whose output is each iteration's result (null: none). `failed`
   * names, by iteration, the step that an iteration was given up for. `gaveUp`: it may not repeat again, though it should.
   */
  | {
      type: "closeContainer";
      key: NodeKey;
      nodeId: string;
      iteration: string;
      results: (NodeKey | null)[];
      failed?: Record<number, NodeKey>;
      gaveUp?: true;
    }
  /** Record that the container failed because the item step `failedKey` did; `handle` is its way on (null: none). */
  | {
      type: "failContainer";
      key: NodeKey;
      nodeId: string;
      iteration: string;
      handle: string | null;
      failedKey: NodeKey;
      error: StepError;
      reason: FailureReason;
    }
  /** Record that this node did not run. */
  | { type: "recordSkipped"; key: NodeKey; nodeId: string; iteration: string }
  /** Close what is open at this node (waitpoint, retry timer, running step). */
  | { type: "cancelStep"; key: NodeKey; nodeId: string; iteration: string }
  /** The run is over. `outputFrom`: the step whose output is the run's (null: none). */
  | {
      type: "finish";
      status: "completed" | "failed" | "cancelled";
      outputFrom: NodeKey | null;
      reason?: FailureReason;
      error?: StepError;
      failedKey?: NodeKey;
    };

export interface NodeState {
  status: StepStatus;
  handle?: string;
  /** 1-based; 0 for a node that never ran. */
  attempt: number;
  /** Set while `waiting` is a retry delay and not a waitpoint. */
  waitingFor?: "retry";
  /** Why it failed with no way on. */
  failure?: Failure;
  /** It ended the run. */
  end?: { status: "completed" | "failed" };
  /** After a restore: the journal does not have this skip yet. */
  unrecorded?: true;
  /** For containers, from `containerOpened` on. */
  loop?: LoopState;
}

/** Why something failed for good. `failedKey` is the step itself, also when its container or the run fails because of it. */
export interface Failure {
  error: StepError;
  reason: FailureReason;
  failedKey: NodeKey;
}

/** The settings of an opened container, as the journal keeps them. */
export interface LoopSettings {
  /** null = repeat until told to stop. */
  count: number | null;
  concurrency: number;
  max?: number;
  onItemError: "fail" | "continue";
}

export interface LoopState extends LoopSettings {
  /** Iterations started so far = index of the next one. */
  next: number;
  active: number;
  /** One per started iteration: the step whose output is its result. Emptied when the container completes. */
  results: (NodeKey | null)[];
  /** The step that failed, by the iteration that was given up for it. */
  failed: Record<number, NodeKey>;
  /** `max` was reached and the condition still said to go on. */
  gaveUp?: true;
  /** Set while the driver owes an answer to `decideRepeat` or `closeContainer`. */
  phase?: "deciding" | "closing";
}

/** One pass through a scope: the document (key "") or one iteration of a loop (key `loop[2.0]`). */
export interface ScopeState {
  /** Nodes that are running or waiting. */
  open: number;
  /** The iteration's result so far. */
  result: NodeKey | null;
}

/** What a run has decided so far. Owned by `advance`: callers never write to it. JSON-safe. */
export interface RunState {
  status: "pending" | "active" | "completed" | "failed" | "cancelled";
  nodes: Record<NodeKey, NodeState>;
  /** In-edge bookkeeping: for each not yet decided node, how many edges are decided and whether one was taken. */
  joins: Record<NodeKey, { decided: number; taken: number }>;
  /** Last completed leaf of the document (see `PlanScope.leaves`), for the run's output. */
  lastLeaf: NodeKey | null;
  /** The passes that are going on. */
  scopes: Record<string, ScopeState>;
  /** After a restore: journal rows of iterations that are not reached again yet. They win over running the step again. */
  journal?: Record<NodeKey, StepRecord>;
  /** The last command of a run that is over, so that it can be issued again. */
  finish?: FinishCommand;
}

export type FinishCommand = Extract<EngineCommand, { type: "finish" }>;

/** A journal row, as far as the engine needs it to rebuild its state. */
export interface StepRecord {
  key: NodeKey;
  nodeId: string;
  iteration: string;
  status: StepStatus;
  attempt: number;
  handle?: string;
  waitingFor?: "retry";
  failure?: Failure;
  end?: { status: "completed" | "failed" };
  loop?: LoopSettings;
}

/**
 * The engine's surface (implemented in `core/engine`):
 * - `compile(spec, config, definitions) -> Plan` — spec must have passed validation.
 * - `initialState() -> RunState`
 * - `advance(plan, state, event) -> { state, commands }` — takes ownership of `state` (may reuse it); never throws on a
 *   late or repeated event, it answers with no commands. Cost is proportional to what the event changes, not to history.
 * - `restoreState(plan, records) -> RunState` — folds journal rows (in `seq` order) to the state they left.
 *   Rows of attempts to be tried again (superseded) are left out by the caller; `cancelled` rows count as not run.
 * - `stepRecord(state, key) -> StepRecord | null` — the row to journal for a node after an `advance`.
 * - `outstanding(plan, state) -> EngineCommand[]` — what must be (re)issued after a restore: runnable steps that are not
 *   recorded as finished. Open waitpoints and retry timers (status `waiting`) are not re-issued. A run that is over
 *   gives its `finish` again.
 *
 * What must be journaled after `advance`: the node of the event, and the nodes of `recordSkipped`, `cancelStep` and
 * `failContainer`. Rows of merely running steps are optional, except that an opened container's row (with `loop`) must
 * not be later than the rows of its items.
 */
export interface Advance {
  state: RunState;
  commands: EngineCommand[];
}
