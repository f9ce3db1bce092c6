import { hotPool } from "@/server/db/pools";

/** How old a worker's last sign of life may be. */
const freshFor = "10 seconds";

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
