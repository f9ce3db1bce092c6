import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type pg from "pg";
import { hotPool } from "@/server/db/pools";

/** Counters in PostgreSQL: the same for all web processes, and a restart forgets none. One set for each pool of connections. */
const counters = new WeakMap<pg.Pool, Map<string, RateLimiterPostgres>>();

/** Counts up to `points` within `seconds`; one of each name. `remembers`: a process that saw the limit passed does not ask again. */
export function guessCounter(
  name: string,
  limit: { points: number; seconds: number; remembers?: true },
): RateLimiterPostgres {
  const pool = hotPool();
  const ofPool = counters.get(pool) ?? new Map<string, RateLimiterPostgres>();
  counters.set(pool, ofPool);
  const counter =
    ofPool.get(name) ??
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: "pool",
      // A migration made it; the product's database role may make none.
      tableName: "guess_counters",
      tableCreated: true,
      keyPrefix: name,
      points: limit.points,
      duration: limit.seconds,
      clearExpiredByTimeout: true,
      ...(limit.remembers ? { inMemoryBlockOnConsumed: limit.points + 1 } : {}),
    });
  ofPool.set(name, counter);
  return counter;
}

/** Takes one point; answers how long to wait (ms) when there is none left, else null. */
export async function takePoint(
  counter: RateLimiterPostgres,
  key: string,
  customSeconds?: number,
): Promise<number | null> {
  try {
    await counter.consume(key, 1, customSeconds === undefined ? {} : { customDuration: customSeconds });
    return null;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return refusal.msBeforeNext;
    throw refusal;
  }
}
