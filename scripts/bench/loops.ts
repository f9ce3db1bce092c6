import { Pool } from "pg";
import type { BenchApi } from "./bench-workflows";
import { median } from "./median";

export interface LoopTimes {
  /** How many items, and how many of them side by side. */
  items: number;
  concurrency: number;
  /** From the request to its answer, ms: the middle one of several runs. */
  ms: number;
}

const shapes = [
  { items: 100, concurrency: 1 },
  { items: 100, concurrency: 20 },
  { items: 1_000, concurrency: 1 },
  { items: 1_000, concurrency: 20 },
];
const repeats = 5;

/** Loops over one effect, each item committed by itself, one run at a time. */
export async function measureLoops(api: BenchApi): Promise<LoopTimes[]> {
  const measured: LoopTimes[] = [];
  for (const { items, concurrency } of shapes) {
    const url = await api.publish(`bench-loop-${String(items)}-${String(concurrency)}`, {
      startNodeId: "each",
      nodes: [
        {
          id: "each",
          type: "loop",
          items: "${input.list}",
          concurrency,
          body: { startNodeId: "item", nodes: [{ id: "item", type: "webhook_emit", event: "bench.item" }], edges: [] },
        },
      ],
      edges: [],
    });
    const times: number[] = [];
    for (let round = 0; round <= repeats; round += 1) {
      const since = performance.now();
      await api.call("POST", url, { list: Array.from({ length: items }, (_, index) => index) });
      // The first one compiles the version.
      if (round > 0) times.push(performance.now() - since);
    }
    measured.push({ items, concurrency, ms: median(times) });
  }
  return measured;
}

/** What a step late in a run costs, in steps of its beginning: the middle of 50 of them each, of the newest long loop. */
export async function lateStepCost(database: string): Promise<number> {
  const pool = new Pool({ connectionString: database, max: 1 });
  try {
    const { rows } = await pool.query<{ cost: number }>(`
      with run as (
        select r.id from runs r join workflows w on w.id = r.workflow_id
        where w.slug = 'bench-loop-1000-1' and r.status = 'completed' order by r.created_at desc limit 1
      ), steps as (
        select row_number() over (order by seq) as n, extract(epoch from ended_at - lag(ended_at) over (order by seq)) as seconds
        from step_runs where run_id = (select id from run) and key like 'item[%'
      )
      select (percentile_cont(0.5) within group (order by seconds) filter (where n > 950)
        / nullif(percentile_cont(0.5) within group (order by seconds) filter (where n between 10 and 60), 0))::float8 as cost
      from steps`);
    return rows[0]?.cost ?? Number.NaN;
  } finally {
    await pool.end();
  }
}
