import { AppError } from "@/core/errors";

export interface RateLimit {
  /** Tokens a second. */
  perSecond: number;
  /** Most that can be saved up. */
  burst: number;
  /** What a refusal says before how long to wait. */
  refusal?(limit: RateLimit): string;
}

export interface RateLimiter {
  /** Takes one token of `key`, or throws `rate_limited` with the time to wait. `now` in ms. */
  take(key: string, now?: number): RateState;
  /** Throws as `take` does while nothing is left of `key`, and takes nothing. */
  require(key: string, now?: number): void;
  /** Takes what something cost that is done already, and may leave a debt. */
  charge(key: string, cost: number, now?: number): void;
}

/** What is left of a caller's allowance. */
export interface RateState {
  /** Requests that can be made at once. */
  limit: number;
  remaining: number;
  /** Until all of them can be made again. */
  resetSeconds: number;
}

const maxKeys = 20_000;

interface Bucket {
  tokens: number;
  at: number;
}

const tooMany = ({ perSecond }: RateLimit): string => `Too many requests: at most ${String(perSecond)} a second.`;

/** Token buckets in memory: exact for one web process, which is what Holdpoint runs. */
export function createRateLimiter(limit: RateLimit): RateLimiter {
  const { perSecond, burst, refusal = tooMany } = limit;
  const buckets = new Map<string, Bucket>();

  function filled(key: string, now: number): Bucket {
    const bucket = buckets.get(key) ?? { tokens: burst, at: now };
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1_000) * perSecond);
    bucket.at = now;
    return bucket;
  }

  function requireOne({ tokens }: Bucket): void {
    if (tokens >= 1) return;
    const retryAfterSeconds = Math.max(1, Math.ceil((1 - tokens) / perSecond));
    throw new AppError("rate_limited", `${refusal(limit)} Wait ${String(retryAfterSeconds)} s and try again.`, [], {
      retryAfterSeconds,
    });
  }

  function keep(key: string, bucket: Bucket): void {
    // Oldest first: a Map keeps the order of insertion.
    buckets.delete(key);
    buckets.set(key, bucket);
    if (buckets.size <= maxKeys) return;
    for (const oldest of buckets.keys()) {
      buckets.delete(oldest);
      break;
    }
  }

  return {
    take(key, now = Date.now()) {
      const bucket = filled(key, now);
      requireOne(bucket);
      bucket.tokens -= 1;
      keep(key, bucket);
      return {
        limit: burst,
        remaining: Math.floor(bucket.tokens),
        resetSeconds: Math.ceil((burst - bucket.tokens) / perSecond),
      };
    },
    require(key, now = Date.now()) {
      requireOne(filled(key, now));
    },
    charge(key, cost, now = Date.now()) {
      const bucket = filled(key, now);
      bucket.tokens -= cost;
      keep(key, bucket);
    },
  };
}
