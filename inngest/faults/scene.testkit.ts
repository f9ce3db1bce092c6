import type { Pool } from "pg";
import { newId } from "@/core/ids";
import type { Json, JsonObject } from "@/core/json";
import { eventually, insertConnection, insertWorkflow, type TestWorkflow } from "@/inngest/runtime/runtime.testkit";
import { createGroupWriter } from "@/server/db/group-writer";
import { createRunStore } from "@/server/modules/runs/store";
import { scenarioLimit } from "./extent.testkit";
import { createFleet, type Fleet, type Worker } from "./fleet.testkit";
import { startPeople } from "./people.testkit";
import { createReceiver, type Receiver } from "./receiver.testkit";
import { shapes } from "./shapes.testkit";
import { throughStore, type WayIn } from "./way-in.testkit";

export interface FaultScene {
  pool: Pool;
  fleet: Fleet;
  receiver: Receiver;
  started: { id: string; shape: string }[];
  /** Starts so many runs, of all shapes in turn. */
  start(runs: number): Promise<void>;
  /**
   * Does something that breaks off work, and notes which calls may have been under way: those that came and were not
   * recorded. Each of them may be made once more for it, and no other.
   */
  interrupt(breakOff: () => Promise<void>): Promise<void>;
  /** Notes how many calls of each run a worker has in hand: it is about to be stopped, and when it wakes they may still leave it. */
  noteInHand(worker: Worker): Promise<void>;
  /** By run, what was noted. */
  inHand: ReadonlyMap<string, number>;
  /** How often the call of a key may have been interrupted. */
  interruptions: ReadonlyMap<string, number>;
  /**
   * Waits until no run has anything left to do. `callsMayCome`: the executor may still call drivers that have been replaced. A real server pauses
   * longer after each call that failed: after hours of downtime it may call an hour later for what others have done by then.
   */
  settled(options?: { callsMayCome: boolean }): Promise<void>;
  /** Whether every driver was heard that the executor knows. */
  heardAll(): boolean;
  close(): Promise<void>;
}

export interface FaultSceneOptions {
  /** Of the workers. */
  environment?: Record<string, string>;
  /** Calls are answered only when the receiver releases them. */
  isHeld?: boolean;
  /** How runs are started and questions answered, by somebody who may. Default: without a web process. */
  wayIn?: (user: TestWorkflow) => Promise<WayIn>;
}

export async function createFaultScene(
  database: { url: string; pool: Pool },
  { environment = {}, isHeld = false, wayIn }: FaultSceneOptions = {},
): Promise<FaultScene> {
  const { pool } = database;
  const writer = createGroupWriter(pool);
  const store = createRunStore(pool, writer);
  const [receiver, fleet] = await Promise.all([createReceiver(), createFleet(database, environment)]);
  const organizationId = newId();
  await pool.query("insert into organizations (id, slug, name) values ($1, 'faults', 'Faults')", [organizationId]);
  await insertConnection(pool, organizationId, "echo", `${receiver.baseUrl}${isHeld ? "/held" : ""}`);
  const workflows: [string, TestWorkflow][] = [];
  for (const [shape, { document }] of Object.entries(shapes))
    workflows.push([shape, await insertWorkflow(pool, isHeld ? withPatience(document) : document, { organizationId })]);
  const user = workflows[0]?.[1];
  const way = wayIn && user ? await wayIn(user) : throughStore(store);
  const people = startPeople(pool, way);
  const started: { id: string; shape: string }[] = [];
  const interruptions = new Map<string, number>();
  const inHand = new Map<string, number>();
  let heardAll = true;

  async function recorded(): Promise<Set<string>> {
    const { rows } = await pool.query<{ key: string }>("select distinct idempotency_key as key from receipts");
    return new Set(rows.map((row) => row.key));
  }

  return {
    pool,
    fleet,
    receiver,
    started,
    interruptions,
    inHand,
    async noteInHand(worker) {
      for (const [run, calls] of await worker.inHand()) inHand.set(run, (inHand.get(run) ?? 0) + calls);
    },
    async start(runs) {
      await Promise.all(
        Array.from({ length: runs }, async (_, index) => {
          const [shape, workflow] = workflows[index % workflows.length] ?? [];
          if (shape === undefined || workflow === undefined) return;
          started.push({ id: await way.start(workflow), shape });
        }),
      );
    },
    async interrupt(breakOff) {
      const before = await recorded();
      await breakOff();
      await receiver.heard();
      for (const key of receiver.calls.keys())
        if (!before.has(key)) interruptions.set(key, (interruptions.get(key) ?? 0) + 1);
    },
    heardAll: () => heardAll,
    async settled({ callsMayCome } = { callsMayCome: false }) {
      heardAll = !callsMayCome;
      await eventually(
        async () => {
          if (fleet.crashes.length > 0) throw new Error(`A worker ended by itself: ${fleet.crashes.join("")}`);
          if (people.failures.length > 0) throw new Error(`An answer was refused: ${people.failures.join("")}`);
          const [{ rows }, calls] = await Promise.all([
            pool.query<{ status: string; n: number }>(openSql),
            callsMayCome ? 0 : fleet.toCome(),
          ]);
          const open = calls > 0 ? [...rows, { status: "calls", n: calls }] : rows;
          return open.map(({ status, n }) => `${status}: ${String(n)}`);
        },
        (open) => open.length === 0,
        scenarioLimit.timeout / 5,
      );
    },
    async close() {
      await fleet.close();
      await people.stop();
      await receiver.close();
      await writer.close();
    },
  };
}

/** A real server makes calls that were cut off again over most of a minute: those that wait for the last one may not run out of time. */
function withPatience(document: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(document), (_key, value: Json) =>
    isObject(value) && value["type"] === "service_call" ? { ...value, timeoutMs: 240_000 } : value,
  ) as JsonObject;
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Runs that have neither ended nor wait for the decision that nobody makes, and events that are still to be heard. */
const openSql = `
  select status, count(*)::int as n from runs r
  where ended_at is null and not exists (select 1 from waitpoints w where w.run_id = r.id and w.status = 'open' and 'role:nobody' = any(w.assignees))
  group by status
  union all select 'events', count(*)::int from event_outbox having count(*) > 0`;
