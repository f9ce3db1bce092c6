import type { Pool } from "pg";
import { eventually } from "@/inngest/runtime/runtime.testkit";
import type { WorkerKind } from "./fleet.testkit";

/** Workers that call the functions themselves: all that there is to know of them is in the database. */
export function embeddedWorkers(pool: Pool): WorkerKind {
  /** As what a worker is known that has this pid, one entry for each time that it came. */
  async function known(pid: number): Promise<("dead" | "alive")[]> {
    const { rows } = await pool.query<{ dead: boolean }>(
      "select dead from exec_workers where pid = $1 order by started_at",
      [pid],
    );
    return rows.map(({ dead }) => (dead ? "dead" : "alive"));
  }
  async function becomes(pid: number, expected: string): Promise<void> {
    await eventually(
      () => known(pid),
      (found) => found.join() === expected,
    );
  }

  return {
    async start(children, file, environment) {
      const child = await children.start(file, environment, async (pid) => (await known(pid)).includes("alive"));
      return {
        ...child,
        isMissed: () => becomes(child.pid, "dead"),
        // As somebody new: what it held before is taken over.
        isBack: () => becomes(child.pid, "dead,alive"),
        inHand: () => countByRun(inHandSql, [child.pid]),
      };
    },
    alive: async () => (await pool.query("select 1 from exec_workers where not dead")).rowCount ?? 0,
    toCome: async () => (await pool.query("select 1 from exec_jobs")).rowCount ?? 0,
    drivers: () => countByRun(driversSql, []),
    story: async () =>
      (await pool.query<{ pid: number; dead: boolean }>("select pid, dead from exec_workers order by started_at")).rows,
    close: () => Promise.resolve(),
  };

  async function countByRun(sql: string, values: unknown[]): Promise<Map<string, number>> {
    const { rows } = await pool.query<{ run: string; n: number }>(sql, values);
    return new Map(rows.map(({ run, n }) => [run, n]));
  }
}

const inHandSql = `
  select e.events #>> '{0,data,runId}' as run, count(*)::int as n from exec_jobs j
  join exec_runs e on e.id = j.exec_run join exec_workers w on w.id = j.leased_by
  where w.pid = $1 and e.events #>> '{0,data,runId}' is not null group by 1`;

const driversSql = `
  select r.id as run, count(*)::int as n from exec_runs e join runs r on r.id = (e.events #>> '{0,data,runId}')::uuid
  where e.events #>> '{0,name}' = 'run/requested' group by 1`;
