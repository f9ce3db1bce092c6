import { asObject, type Json, type JsonObject } from "@/core/json";
import { isFinalRunStatus } from "@/core/engine/transitions";
import type { JournalCommit, JournalRow, JournalRun, ReadyWaitpoint } from "@/server/modules/runs/journal";
import type { RunStore } from "@/server/modules/runs/store";
import type { SimulatedClock } from "./clock";

export interface RecordedWaitpoint {
  id: string;
  key: string;
  nodeId: string;
  kind: string;
  status: "open" | "resolved" | "cancelled";
  outcome: string | null;
  assignees: string[];
  request: JsonObject;
  resolution: JsonObject | null;
  by: { id: string | null; name: string } | null;
  via: string | null;
  resolvedAt: number | null;
  dueAt: number | null;
  onDue: Json;
  consumed: boolean;
  tokenHash: string | null;
  createdAt: number;
}

/** Something a commit sent out or noted, with the time of that commit. */
export interface Dated {
  at: number;
  fields: JsonObject;
}

/** A simulated run as it will be stored. */
export interface RecordedRun {
  run: JournalRun;
  endedAt: number | null;
  nextDueAt: number | null;
  output: Json;
  error: Json;
  failureReason: string | null;
  rows: Map<string, JournalRow>;
  waitpoints: RecordedWaitpoint[];
  deliveries: Dated[];
  messages: Dated[];
  receipts: Dated[];
  /** What happened, in order: what commits said, and what people did. */
  log: RecordedEvent[];
}

export interface RecordedEvent {
  type: string;
  at: number;
  actor: JsonObject | null;
  data: JsonObject;
}

export interface MemoryJournal {
  store: RunStore;
  begin(run: JournalRun): RecordedRun;
  find(runId: string): RecordedRun;
}

/** The run journal kept in memory: what prisma/functions/1*.sql do, for one driver at a time. */
export function createMemoryJournal(clock: SimulatedClock): MemoryJournal {
  const runs = new Map<string, RecordedRun>();
  const find = (runId: string): RecordedRun => {
    const found = runs.get(runId);
    if (!found) throw new Error(`There is no simulated run ${runId}`);
    return found;
  };
  const refuse = (): never => {
    throw new Error("The simulation only drives runs");
  };
  return {
    find,
    begin(run) {
      const recorded: RecordedRun = {
        run,
        endedAt: null,
        nextDueAt: null,
        output: null,
        error: null,
        failureReason: null,
        rows: new Map(),
        waitpoints: [],
        deliveries: [],
        messages: [],
        receipts: [],
        log: [],
      };
      runs.set(run.id, recorded);
      return recorded;
    },
    store: {
      startRun: refuse,
      restoreRun: refuse,
      resolve: refuse,
      decide: refuse,
      takeBack: refuse,
      decisionDue: refuse,
      callEarly: refuse,
      control: refuse,
      heartbeat: () => Promise.resolve(true),
      revive: refuse,
      wake: () => Promise.resolve(),
      fillPlaces: () => Promise.resolve(),
      // Copies: a driver's session owns what it was given.
      loadRun: (id) => Promise.resolve({ ...find(id).run }),
      loadRows: (id) => Promise.resolve([...find(id).rows.values()].sort((left, right) => left.seq - right.seq)),
      loadEarlier: () => Promise.resolve({ rows: [], done: new Map(), edits: {} }),
      readyWaitpoints: (id, now) =>
        Promise.resolve(
          find(id)
            .waitpoints.filter((waitpoint) => isReady(waitpoint, now))
            .map(asReady),
        ),
      openWaitpoints: (id) =>
        Promise.resolve(
          find(id)
            .waitpoints.filter(({ status }) => status === "open")
            .map(({ id: own, key, kind, dueAt, request }) => ({ id: own, key, kind, dueAt, request })),
        ),
      commit(commit) {
        const recorded = find(commit.run.id);
        apply(recorded, commit, clock.now());
        return Promise.resolve({ ok: true, status: recorded.run.status });
      },
    },
  };
}

function isReady({ status, consumed, dueAt }: RecordedWaitpoint, now: number): boolean {
  return (status === "resolved" && !consumed) || (status === "open" && dueAt !== null && dueAt <= now);
}

function asReady({
  id,
  key,
  nodeId,
  kind,
  status,
  outcome,
  request,
  resolution,
  by,
  resolvedAt,
  dueAt,
}: RecordedWaitpoint): ReadyWaitpoint {
  return {
    id,
    key,
    nodeId,
    kind,
    status: status === "open" ? "open" : "resolved",
    outcome,
    request,
    resolution,
    by: by && { id: by.id ?? "", name: by.name },
    at: resolvedAt ?? dueAt ?? 0,
  };
}

function apply(recorded: RecordedRun, commit: JournalCommit, at: number): void {
  const { update } = commit;
  const { run, waitpoints } = recorded;
  Object.assign(run, {
    seq: commit.nextSeq,
    status: update.status,
    activeMs: update.activeMs,
    startedAt: run.startedAt ?? update.startedAt,
    inputEdits: update.inputEdits ?? run.inputEdits,
  });
  recorded.endedAt = update.endedAt;
  recorded.nextDueAt = update.nextDueAt;
  recorded.output = update.output ?? recorded.output;
  recorded.error = update.error ?? recorded.error;
  recorded.failureReason = update.failureReason ?? recorded.failureReason;
  for (const row of commit.rows) recorded.rows.set(`${row.key}:${String(row.g)}`, { ...row });
  for (const waitpoint of waitpoints) {
    if (commit.due?.includes(waitpoint.id))
      Object.assign(waitpoint, {
        status: "resolved",
        outcome: personal.has(waitpoint.kind) ? "timed_out" : "due",
        via: "timer",
        resolvedAt: at,
        consumed: true,
      });
    if (commit.consumed?.includes(waitpoint.id)) waitpoint.consumed = true;
    const isClosed = commit.close?.includes(waitpoint.key) === true || isFinalRunStatus(update.status);
    if (isClosed && waitpoint.status === "open") closeWaitpoint(waitpoint, at);
  }
  for (const draft of commit.open ?? []) waitpoints.push(opened(draft, at));
  for (const [list, drafts] of [
    [recorded.deliveries, commit.deliver],
    [recorded.messages, commit.say],
    [recorded.receipts, commit.receipts],
  ] as const) {
    for (const fields of drafts ?? []) list.push({ at, fields });
  }
  for (const { type, at: happenedAt, data } of commit.log ?? [])
    recorded.log.push({
      type: textOf(type),
      at: typeof happenedAt === "number" ? happenedAt : at,
      actor: null,
      data: asObject(data ?? null),
    });
}

const personal: ReadonlySet<string> = new Set(["approval", "form", "handoff"]);

export function closeWaitpoint(waitpoint: RecordedWaitpoint, at: number): void {
  Object.assign(waitpoint, { status: "cancelled", consumed: true, resolvedAt: at, via: "system" });
}

function opened(draft: JsonObject, at: number): RecordedWaitpoint {
  const { assignees, request, dueAt, onDue, tokenHash } = draft;
  return {
    id: textOf(draft["id"]),
    key: textOf(draft["key"]),
    nodeId: textOf(draft["nodeId"]),
    kind: textOf(draft["kind"]),
    status: "open",
    outcome: null,
    assignees: Array.isArray(assignees) ? assignees.map(textOf) : [],
    request: typeof request === "object" && request !== null && !Array.isArray(request) ? request : {},
    resolution: null,
    by: null,
    via: null,
    resolvedAt: null,
    dueAt: typeof dueAt === "number" ? dueAt : null,
    onDue: onDue ?? null,
    consumed: false,
    tokenHash: typeof tokenHash === "string" ? tokenHash : null,
    createdAt: at,
  };
}

function textOf(value: Json | undefined): string {
  if (typeof value !== "string") throw new Error(`A waitpoint has no text here: ${JSON.stringify(value)}`);
  return value;
}
