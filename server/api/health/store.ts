import { hotPool } from "@/server/db/pools";

/** How old a worker's last sign of life may be. */
const freshFor = "10 seconds";

/** Throws when it does not. */
export async function databaseAnswers(): Promise<undefined> {
  await hotPool().query("select 1");
}

export async function hasDemoOrganization(): Promise<boolean> {
  const { rows } = await hotPool().query(`select 1 from organizations where is_demo limit 1`);
  return rows.length === 1;
}

export async function hasFreshWorker(): Promise<boolean> {
  const { rows } = await hotPool().query(
    `select 1 from exec_workers where heartbeat_at > now() - $1::interval limit 1`,
    [freshFor],
  );
  return rows.length === 1;
}

/** With a real Inngest server: the best that a living worker says of its registration. Undefined when no worker lives. */
export async function newestRegistration(): Promise<{ problem: string | null } | undefined> {
  const { rows } = await hotPool().query<{ problem: string | null }>(
    `select problem from inngest_workers where heartbeat_at > now() - $1::interval
     order by (problem is null) desc, heartbeat_at desc limit 1`,
    [freshFor],
  );
  return rows[0];
}

/** Events that the Inngest server kept refusing. */
export async function countRefusedEvents(): Promise<number> {
  const { rows } = await hotPool().query<{ count: number }>("select count(*)::int as count from refused_events");
  return rows[0]?.count ?? 0;
}
