import type { Pool, PoolClient } from "pg";
import { firstLink, nextLink, type ChainedLine } from "./chain";
import * as store from "./store";

const linesAtOnce = 2_000;

export interface Sealer {
  /** Seals what is settled. Gives how many lines that were; 0 also while another worker is at it. */
  seal(): Promise<number>;
}

/**
 * Chains the lines of each organization. Lines are numbered when they are written and seen when their transaction commits, so
 * one with a smaller number may still come: a place is sealed only after everything that was under way there has ended.
 */
export function createSealer(pool: Pool): Sealer {
  /** Up to where, once these transactions have ended. */
  let waiting: { upTo: string; underWay: string[] } | null = null;
  return {
    async seal() {
      const client = await pool.connect();
      try {
        if (waiting === null) {
          const { sealed, newest } = await store.readExtent(client);
          if (BigInt(newest) <= BigInt(sealed)) return 0;
          waiting = { upTo: newest, underWay: await store.listUnderWay(client) };
        }
        if (!(await store.haveEnded(client, waiting.underWay))) return 0;
        const { upTo } = waiting;
        let count = 0;
        for (;;) {
          const batch = await inTransaction(client, () => sealBatch(client, upTo));
          if (batch === 0) break;
          count += batch;
        }
        waiting = null;
        return count;
      } finally {
        client.release();
      }
    },
  };
}

/** All organizations or none: so the newest link of anybody says how far everybody is sealed. */
async function sealBatch(client: PoolClient, upTo: string): Promise<number> {
  if (!(await store.lockChains(client))) return 0;
  const { sealed: after } = await store.readExtent(client);
  const last = await store.endOfBatch(client, { after, upTo, limit: linesAtOnce });
  if (last === null) return 0;
  const lines = await store.linesBetween(client, { organizationId: null, after, upTo: last });
  const byOrganization = new Map<string, ChainedLine[]>();
  for (const line of lines) {
    const own = byOrganization.get(line.organizationId);
    if (own) own.push(line);
    else byOrganization.set(line.organizationId, [line]);
  }
  const heads = new Map(
    (await store.listHeads(client, [...byOrganization.keys()])).map(({ organizationId, hash }) => [
      organizationId,
      hash,
    ]),
  );
  for (const [organizationId, own] of byOrganization)
    await store.insertSeal(client, {
      organizationId,
      lastId: own.at(-1)?.id ?? last,
      entries: own.length,
      hash: nextLink(heads.get(organizationId) ?? firstLink(organizationId), own),
    });
  return lines.length;
}

async function inTransaction<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  await client.query("begin");
  try {
    const result = await work();
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}
