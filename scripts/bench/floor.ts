import { Pool } from "pg";
import type { Measured } from "./load";

/** What the database alone allows: a run as seven prepared single-row commits (start, five steps, end), no engine at all. */
export async function measureFloor(
  database: string,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Measured> {
  const pool = new Pool({ connectionString: database, max: 10 });
  await pool.query("create table if not exists bench_floor (id bigserial primary key, run int, step int, body jsonb)");
  const end = performance.now() + seconds * 1000;
  const times: number[] = [];
  const body = JSON.stringify({ amount: 7, email: "jane@acme.com" });
  const client = async (run: number): Promise<void> => {
    while (performance.now() < end) {
      const started = performance.now();
      for (let step = 0; step < 7; step += 1)
        await pool.query({
          name: "floor",
          text: "insert into bench_floor (run, step, body) values ($1, $2, $3)",
          values: [run, step, body],
        });
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, run) => client(run)));
  await pool.query("drop table bench_floor");
  await pool.end();
  times.sort((left, right) => left - right);
  return {
    runs: times.length,
    perSecond: times.length / seconds,
    p50: times[Math.floor(times.length / 2)] ?? 0,
    p99: times[Math.floor(times.length * 0.99)] ?? 0,
    failed: 0,
  };
}
