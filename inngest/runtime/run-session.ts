import type { Json, JsonObject } from "@/core/json";
import type { NodeKey, RunState } from "@/core/engine/protocol";
import type { Plan } from "@/core/engine/plan";
import type { TestSettings } from "@/core/contracts/test-run";
import { advance } from "@/core/engine/advance";
import { initialState } from "@/core/engine/initial-state";
import { outstanding } from "@/core/engine/outstanding";
import { restoreState } from "@/core/engine/restore";
import type { BoundValue, JournalRow, JournalRun } from "@/server/modules/runs/journal";
import { readRecord } from "@/server/modules/runs/step-record";
import type { RuntimeDeps } from "./runtime-deps";
import { createWeighedCache } from "@/server/weighed-cache";
import { weightOf } from "./row-weight";
import { restKey } from "./turn";

/**
 * A run in this process's memory: the journal folded into the reducer's state. Never the truth: every commit compares
 * `run.seq` and `run.generation` with the database, and a session that lost is thrown away and folded again.
 */
export interface RunSession {
  run: JournalRun;
  plan: Plan;
  workflow: { id: string; slug: string; name: string };
  /** Null in every run that is not the test of a frozen draft. */
  test: TestSettings | null;
  state: RunState;
  /** Newest row of each key. */
  rows: Map<NodeKey, JournalRow>;
  loops: Map<NodeKey, { items: Json[] | null; itemName: string }>;
  /** Effects that were handed out and are not settled. */
  active: Set<NodeKey>;
  /** Open waitpoints by key. */
  open: Map<NodeKey, { id: string; kind: string; dueAt: number | null }>;
  /** What granted approvals cover, by the approval's key. */
  bound: Map<NodeKey, BoundValue[]>;
  /** What it had before people had parts of it done again; null where that never happened. */
  earlier: EarlierSession | null;
  /** Where the step with this key can be called. */
  callbackUrl(key: NodeKey): string;
  /** Where the form of the step with this key is filled in. */
  formUrl(key: NodeKey): string;
  /** Where whoever asked for the run from outside follows it. */
  trackingUrl: string;
  contact: Json;
  conversation: Json;
  hasWaited: boolean;
  /** Turns of one run are taken one after the other. */
  turn: Promise<unknown>;
  /** A turn was begun and not committed: what is here is not what is on record, and no other turn may be taken. */
  isLost: boolean;
}

/** What was there first, by key: results, the items of loops, and what approvers changed. */
export interface EarlierSession extends Pick<RunSession, "rows" | "loops"> {
  /** How far the journal was when a step was last completed, by the key of each that is done again. */
  done: ReadonlyMap<NodeKey, number>;
  edits: JsonObject;
}

/** What the sessions of a process may take in memory, bytes of their journal roughly. */
const budgetBytes = 128 * 1024 * 1024;
/** A session without rows, with its state and its share of the rest. */
const emptyBytes = 4 * 1024;

export interface RunSessions {
  /** Null when there is no such run. A session older than `generation`, or than journal position `seq`, is folded again. */
  get(runId: string, generation: number, seq?: number): Promise<RunSession | null>;
  /** A turn has added rows: the session weighs so much more now. */
  grow(session: RunSession, bytes: number): void;
  drop(runId: string): void;
}

export function createRunSessions(deps: RuntimeDeps, maxBytes = budgetBytes): RunSessions {
  const weights = new WeakMap<RunSession, number>();
  const cache = createWeighedCache<RunSession | null>(maxBytes, (session) => {
    if (session === null) return null;
    const rows = [...session.rows.values(), ...(session.earlier?.rows.values() ?? [])];
    weights.set(
      session,
      rows.reduce((sum, row) => sum + weightOf(row), emptyBytes),
    );
    return weights.get(session) ?? null;
  });
  const fold = (runId: string) => () => foldSession(deps, runId);

  async function get(runId: string, generation: number, seq = 0): Promise<RunSession | null> {
    const asked = cache.get(runId, fold(runId));
    const session = await asked;
    if (!session || (session.run.generation >= generation && session.run.seq >= seq)) return session;
    // Who else found it too old may have begun to fold it again: a run has one session here, or its turns are not taken one after the other.
    const isFoldedAgain = cache.get(runId, fold(runId)) !== asked;
    return isFoldedAgain ? get(runId, generation, seq) : cache.renew(runId, fold(runId));
  }

  return {
    get,
    grow(session, bytes) {
      const weight = (weights.get(session) ?? emptyBytes) + bytes;
      weights.set(session, weight);
      // One that outgrows everything is not kept, and folded again when it is needed.
      cache.reweigh(session.run.id, weight);
    },
    drop: (runId) => {
      cache.drop(runId);
    },
  };
}

async function foldSession(deps: RuntimeDeps, runId: string): Promise<RunSession | null> {
  const run = await deps.store.loadRun(runId);
  if (!run) return null;
  const fresh = run.seq === 0;
  const needsPeople = run.contactId !== null || run.conversationId !== null;
  const [version, rows, open, people, earlier] = await Promise.all([
    deps.loadVersion(run.organizationId, run.versionId),
    fresh ? [] : deps.store.loadRows(runId),
    fresh ? [] : deps.store.openWaitpoints(runId),
    needsPeople ? deps.loadPeople(run) : { contact: null, conversation: null },
    run.generation > 1 ? deps.store.loadEarlier(runId) : null,
  ]);
  const { plan, workflow } = version;
  const session: RunSession = {
    run,
    plan,
    workflow,
    test: run.test ? version.test : null,
    state: initialState(),
    rows: new Map(rows.map((row) => [row.key, row])),
    loops: loopsOf(rows),
    active: new Set(),
    open: new Map(open.map((waitpoint) => [waitpoint.key, waitpoint])),
    bound: new Map(rows.flatMap((row) => (row.engine?.bound ? [[row.key, row.engine.bound] as const] : []))),
    earlier: earlier && {
      rows: new Map(earlier.rows.map((row) => [row.key, row])),
      loops: loopsOf(earlier.rows),
      done: earlier.done,
      edits: earlier.edits,
    },
    callbackUrl: (key) => deps.callback({ runId, key }).url,
    formUrl: (key) => deps.formUrl({ runId, key }),
    trackingUrl: deps.trackingUrl(runId),
    contact: people.contact,
    conversation: people.conversation,
    // What was resolved while nobody had this run in memory is not open any more; the row of its step still waits.
    hasWaited: open.length > 0 || run.generation > 1 || rows.some((row) => row.status === "waiting"),
    turn: Promise.resolve(),
    isLost: false,
  };
  if (rows.length === 0) {
    const begun = advance(plan, session.state, { type: "started", at: run.startedAt ?? run.createdAt });
    session.state = begun.state;
  } else {
    session.state = restoreState(plan, rows.map(readRecord));
  }
  for (const command of outstanding(plan, session.state)) {
    if (command.type === "runStep" && plan.nodes.get(command.nodeId)?.kind === "effect")
      session.active.add(command.key);
    // Other steps are executed in the turn that finds them, so it was full and left them to the next one.
    else if (command.type === "runStep" || command.type === "openContainer" || command.type === "decideRepeat")
      session.active.add(restKey);
  }
  return session;
}

function loopsOf(rows: readonly JournalRow[]): RunSession["loops"] {
  return new Map(rows.flatMap((row) => (row.engine?.loop ? [[row.key, readLoopInput(row.input)] as const] : [])));
}

function readLoopInput(input: Json): { items: Json[] | null; itemName: string } {
  const fields: JsonObject = typeof input === "object" && input !== null && !Array.isArray(input) ? input : {};
  const items = fields["items"];
  const itemName = fields["itemName"];
  return { items: Array.isArray(items) ? items : null, itemName: typeof itemName === "string" ? itemName : "item" };
}
