/**
 * The words between the engine and whoever drives it. The engine decides, never acts: events come in (each with the
 * time `at`, ms since epoch), commands go out. Everything here is JSON.
 */

/** Identity of a node in a run: `nodeId`, or `nodeId[2]` in iteration 2 of a loop, `nodeId[2.0]` when nested. */
export type NodeKey = string;

export type StepStatus = "pending" | "running" | "waiting" | "completed" | "failed" | "skipped" | "cancelled";

export interface StepError {
  /** Closed, e.g. `http_5xx`, `timeout`, `approval_rejected`, `bad_expression`. */
  code: string;
  message: string;
  /** What `retry.retryOn` compares with; `other` is never retried unless `retryable` says so. */
  class: "5xx" | "4xx" | "timeout" | "network" | "429" | "other";
  /** Overrides the class: false = final, true = may be tried again. */
  retryable?: boolean;
  /** From `Retry-After`, ms. */
  retryAfterMs?: number;
}

export type FailureReason =
  | "step_failed"
  | "approval_rejected"
  | "approval_timed_out"
  | "form_timed_out"
  | "handoff_timed_out"
  | "timeout"
  | "max_age"
  | "unsafe_unknown_outcome"
  | "ended_failed";

export type EngineEvent =
  | { type: "started"; at: number }
  | {
      type: "stepCompleted";
      key: NodeKey;
      at: number;
      /** Defaults to the node's default handle. */
      handle?: string;
      /** Set by a step that ends the whole run. */
      end?: { status: "completed" | "failed" };
      /** When nothing is connected to `handle`, the run fails with this reason instead of the branch ending quietly. */
      failUnconnected?: { reason: FailureReason; error: StepError };
    }
  | { type: "stepFailed"; key: NodeKey; at: number; error: StepError; reason?: FailureReason }
  /** A container was opened. `count` null = repeat until `repeatDecided` says stop (at most `max` times). */
  | { type: "containerOpened"; key: NodeKey; at: number; count: number | null; concurrency: number; max?: number; onItemError: "fail" | "continue" }
  | { type: "repeatDecided"; key: NodeKey; at: number; again: boolean }
  /** A wait step has opened its waitpoint. */
  | { type: "waiting"; key: NodeKey; at: number }
  | { type: "retryDue"; key: NodeKey; at: number }
  /** Active time or age is used up. */
  | { type: "deadline"; at: number; reason: "timeout" | "max_age" }
  | { type: "cancelled"; at: number };

export type EngineCommand =
  /** Execute the step (pure, effect or wait kind: the plan knows) as attempt `attempt`, 1-based. */
  | { type: "runStep"; key: NodeKey; nodeId: string; iteration: string; attempt: number }
  /** Evaluate the container's items and answer with `containerOpened`. */
  | { type: "openContainer"; key: NodeKey; nodeId: string; iteration: string }
  /** Evaluate the repeat condition after iteration `index` and answer with `repeatDecided`. */
  | { type: "decideRepeat"; key: NodeKey; nodeId: string; iteration: string; index: number }
  /** Wait `delayMs`, then send `retryDue`. */
  | { type: "scheduleRetry"; key: NodeKey; nodeId: string; iteration: string; attempt: number; delayMs: number }
  /** The container is done: record its output from the step whose output is each iteration's result (null: none). */
  | { type: "closeContainer"; key: NodeKey; nodeId: string; iteration: string; results: (NodeKey | null)[] }
  /** Record that this node did not run. */
  | { type: "recordSkipped"; key: NodeKey; nodeId: string; iteration: string }
  /** Close what is open at this node (waitpoint, retry timer, running step). */
  | { type: "cancelStep"; key: NodeKey; nodeId: string; iteration: string }
  /** The run is over. `outputFrom`: the step whose output is the run's (null: none). */
  | { type: "finish"; status: "completed" | "failed" | "cancelled"; outputFrom: NodeKey | null; reason?: FailureReason; error?: StepError; failedKey?: NodeKey };

export interface NodeState {
  status: StepStatus;
  handle?: string;
  attempt: number;
  /** For containers. */
  loop?: { count: number | null; concurrency: number; max?: number; onItemError: "fail" | "continue"; next: number; active: number; results: (NodeKey | null)[]; failed: number };
}

/** What a run has decided so far. Owned by `advance`: callers never write to it. JSON-safe. */
export interface RunState {
  status: "pending" | "active" | "completed" | "failed" | "cancelled";
  nodes: Record<NodeKey, NodeState>;
  /** In-edge bookkeeping: for each not yet decided node, how many edges are decided and whether one was taken. */
  joins: Record<NodeKey, { decided: number; taken: number }>;
  /** Last completed leaf of the document, for the run's output. */
  lastLeaf: NodeKey | null;
}

/** A journal row, as far as the engine needs it to rebuild its state. */
export interface StepRecord {
  key: NodeKey;
  nodeId: string;
  iteration: string;
  status: StepStatus;
  attempt: number;
  handle?: string;
  end?: { status: "completed" | "failed" };
  loop?: { count: number | null; concurrency: number; max?: number; onItemError: "fail" | "continue" };
}

/**
 * The engine's surface (implemented in `core/engine`):
 * - `compile(spec, config, definitions) -> Plan` — spec must have passed validation.
 * - `initialState() -> RunState`
 * - `advance(plan, state, event) -> { state, commands }` — takes ownership of `state` (may reuse it); never throws on a
 *   late or repeated event, it answers with no commands. Cost is proportional to what the event changes, not to history.
 * - `restoreState(plan, records) -> RunState` — folds journal rows (in `seq` order) to the state they left.
 * - `outstanding(plan, state) -> EngineCommand[]` — what must be (re)issued after a restore: runnable steps that are not
 *   recorded as finished. Open waitpoints and retry timers (status `waiting`) are not re-issued.
 */
export interface Advance {
  state: RunState;
  commands: EngineCommand[];
}
