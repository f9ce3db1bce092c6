import { afterAll, beforeAll, expect, it } from "vitest";
import { createTurnScene, type TurnScene } from "@/inngest/runtime/turns.testkit";
import { startTestRun } from "@/inngest/runtime/runtime.testkit";
import { call } from "@/inngest/runtime/scene.testkit";
import type { JournalRow } from "./journal";

let scene: TurnScene;
beforeAll(async () => {
  scene = await createTurnScene();
});
afterAll(() => scene.close());

const largest = Number.MAX_SAFE_INTEGER;
/** The last millisecond that a date can name in JavaScript. */
const lastTime = 8_640_000_000_000_000 / 100;

it("3.1 every number of a commit may be as large as numbers go", async () => {
  const flow = await scene.workflow({ startNodeId: "a", nodes: [call("a")], edges: [] });
  const id = await startTestRun(scene, flow);
  const run = await scene.store.loadRun(id);
  if (!run) throw new Error("no run");
  const row: JournalRow = {
    key: "a",
    g: 1,
    seq: largest,
    id: crypto.randomUUID(),
    nodeId: "a",
    iteration: "",
    name: "a",
    type: "service_call",
    status: "completed",
    attempt: 1,
    handle: "success",
    engine: null,
    input: null,
    output: { largest },
    error: null,
    summary: null,
    attempts: null,
    warnings: null,
    startedAt: 0,
    endedAt: lastTime,
    durationMs: largest,
  };
  expect(
    await scene.store.commit({
      run,
      nextSeq: largest,
      memo: null,
      rows: [row],
      update: {
        status: "running",
        parkedBy: null,
        nextDueAt: lastTime,
        activeMs: largest,
        startedAt: 0,
        endedAt: null,
        busy: false,
      },
      receipts: [
        {
          key: "a",
          attempt: 1,
          idempotencyKey: "k",
          requestHash: "h",
          method: "GET",
          url: "/",
          status: 999,
          response: null,
          errorCode: null,
          sentAt: lastTime,
          durationMs: largest,
        },
      ],
      waits: false,
      progress: true,
    }),
  ).toMatchObject({ ok: true });
  expect(await scene.store.loadRun(id)).toMatchObject({ seq: largest, activeMs: largest });
  expect(await scene.store.loadRows(id)).toMatchObject([{ seq: largest, durationMs: largest, output: { largest } }]);
});

const growing = /(^|_)(ms|seq|bytes|size)$/;

it("3.1 no column that counts time, bytes or positions is a 32-bit number", async () => {
  const { rows } = await scene.database.pool.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns
     where table_schema = 'public' and data_type in ('integer', 'smallint') and table_name <> '_prisma_migrations'`,
  );
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.filter(({ column }) => growing.test(column)).map(({ table, column }) => `${table}.${column}`)).toEqual(
    [],
  );
});
