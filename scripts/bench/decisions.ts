import { setTimeout as delay } from "node:timers/promises";
import { Pool } from "pg";
import type { BenchApi } from "./bench-workflows";

const slug = "bench-decide";
/** Requests under way at once. */
const atOnce = 50;

export interface DecisionTimes {
  decisions: number;
  /** From the decision on record to the start of the step behind it, ms. */
  p50: number;
  p99: number;
}

/** So many approvals that wait are given as fast as the API takes them. */
export async function measureDecisions(api: BenchApi, database: string, decisions: number): Promise<DecisionTimes> {
  await api.publish(slug, {
    startNodeId: "ask",
    nodes: [
      { id: "ask", type: "approval", assignTo: "role:manager", actionLabel: "Go on" },
      { id: "act", type: "webhook_emit", event: "bench.granted" },
    ],
    edges: [{ from: "ask", to: "act", case: "approved" }],
  });
  const pool = new Pool({ connectionString: database, max: 1 });
  const ask = async <Row extends object>(sql: string): Promise<Row[]> => (await pool.query<Row>(sql)).rows;
  try {
    await inTurn(
      Array.from({ length: decisions }, (_, index) => index),
      () => api.call("POST", "/api/v1/runs", { template_id: slug, input: {} }),
    );
    await until(async () => (await ask(`${ofRuns("r.id")} and r.parked_by is not null`)).length === decisions);
    const open = await ask<{ id: string }>(
      `select w.id from waitpoints w where w.status = 'open' and w.run_id in (${ofRuns("r.id")})`,
    );
    await inTurn(open, ({ id }) => api.call("POST", `/api/v1/approvals/${id}/approve`, {}));
    await until(async () => (await ask(`${ofRuns("r.id")} and r.status = 'completed'`)).length === decisions);
    const [times] = await ask<{ p50: number; p99: number }>(`
      select 1000 * percentile_cont(0.5) within group (order by waited) as p50, 1000 * percentile_cont(0.99) within group (order by waited) as p99
      from (
        select extract(epoch from s.started_at - w.resolved_at)::float8 as waited
        from waitpoints w join step_runs s on s.run_id = w.run_id and s.key = 'act'
        where w.run_id in (${ofRuns("r.id")})
      ) each`);
    return { decisions, p50: times?.p50 ?? Number.NaN, p99: times?.p99 ?? Number.NaN };
  } finally {
    await pool.end();
  }
}

const ofRuns = (what: string): string =>
  `select ${what} from runs r join workflows f on f.id = r.workflow_id where f.slug = '${slug}'`;

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await delay(20);
}

async function inTurn<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const left = [...items];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
    }),
  );
}
