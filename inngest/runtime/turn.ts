import { newId } from "@/core/ids";
import type { Json, JsonObject } from "@/core/json";
import { advance } from "@/core/engine/advance";
import { splitNodeKey } from "@/core/engine/node-keys";
import type { EngineCommand, EngineEvent, NodeKey } from "@/core/engine/protocol";
import type { PlanNode } from "@/core/engine/plan";
import type { JournalCommit, JournalRow } from "@/server/modules/runs/journal";
import { weightOf } from "./row-weight";
import { logStep } from "./run-log";
import type { RunSession } from "./run-session";

/** The place of a node in a run. */
export interface Place {
  key: NodeKey;
  nodeId: string;
  iteration: string;
}

/**
 * Everything one commit will contain, collected while the reducer moves from one event to the next thing that must wait
 * or act. A turn is taken under the session's lock; it either commits whole or the session is dropped.
 */
export interface Turn {
  session: RunSession;
  now: number;
  seq: number;
  commands: EngineCommand[];
  /** Effects to be performed next, by whoever took this turn. */
  next: Extract<EngineCommand, { type: "runStep" }>[];
  rows: Map<NodeKey, JournalRow>;
  finish: Extract<EngineCommand, { type: "finish" }> | null;
  /** Steps executed so far, since when (ms of the process), and bytes of their rows, roughly: what one commit may hold is limited. */
  executed: number;
  since: number;
  bytes: number;
  /** The turn has done its share; the rest is outstanding and belongs to the next one. */
  isFull: boolean;
  /** An approval was asked again: drivers of this generation have nothing more to do. */
  askedAgain: boolean;
  parts: { [Part in "due" | "consumed" | "close" | "supersede"]: string[] } & {
    [Part in "open" | "receipts" | "deliver" | "say" | "emit" | "events" | "log"]: JsonObject[];
  };
  update: Partial<JournalCommit["update"]>;
}

export function beginTurn(session: RunSession, now: number): Turn {
  return {
    session,
    now,
    seq: session.run.seq,
    commands: [],
    next: [],
    rows: new Map(),
    finish: null,
    executed: 0,
    since: performance.now(),
    bytes: 0,
    isFull: false,
    askedAgain: false,
    parts: {
      due: [],
      consumed: [],
      close: [],
      supersede: [],
      open: [],
      receipts: [],
      deliver: [],
      say: [],
      emit: [],
      events: [],
      log: [],
    },
    update: {},
  };
}

/** Gives the reducer an event and queues what it answers. */
export function feed(turn: Turn, event: EngineEvent): void {
  const { state, commands } = advance(turn.session.plan, turn.session.state, event);
  turn.session.state = state;
  turn.commands.push(...commands);
}

/** Writes (or rewrites) the journal row of a place. Later writes of the same turn win. */
export function putRow(turn: Turn, place: Place, change: Partial<JournalRow> & Pick<JournalRow, "status">): JournalRow {
  const { session } = turn;
  const before = session.rows.get(place.key);
  const node = planNode(session, place.nodeId);
  turn.seq += 1;
  const row: JournalRow = {
    key: place.key,
    g: before?.g ?? session.run.generation,
    id: before?.id ?? newId(turn.now),
    nodeId: place.nodeId,
    iteration: place.iteration,
    name: node.name,
    type: node.type,
    attempt: before?.attempt ?? 1,
    handle: null,
    engine: null,
    input: before?.input ?? null,
    output: null,
    error: null,
    summary: null,
    attempts: before?.attempts ?? null,
    warnings: before?.warnings ?? null,
    startedAt: before?.startedAt ?? turn.now,
    endedAt: null,
    durationMs: null,
    ...change,
    seq: turn.seq,
  };
  turn.bytes += weightOf(row);
  logStep(turn, before, row);
  turn.rows.set(place.key, row);
  session.rows.set(place.key, row);
  return row;
}

export function planNode(session: RunSession, nodeId: string): PlanNode {
  const node = session.plan.nodes.get(nodeId);
  if (!node)
    throw new Error(`Node ${nodeId} is not in version ${session.run.version} of workflow ${session.workflow.slug}`);
  return node;
}

export function placeOf(key: NodeKey): Place {
  return { key, ...splitNodeKey(key) };
}

/** Stands among a session's active keys while a turn that was full has a rest: the run is at work, and may not be parked. */
export const restKey = "$rest";

export function outputOf(session: RunSession, key: NodeKey | null): Json {
  return key === null ? null : (session.rows.get(key)?.output ?? null);
}
