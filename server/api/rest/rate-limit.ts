import { AppError } from "@/core/errors";

export interface RateLimit {
  /** Tokens a second. */
  perSecond: number;
  /** Most that can be saved up. */
  burst: number;
}

export interface RateLimiter {
  /** Takes one token of `key`, or throws `rate_limited` with the time to wait. `now` in ms. */
  take(key: string, now?: number): RateState;
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

/** Token buckets in memory: exact for one web process, which is what Holdpoint runs. */
export function createRateLimiter({ perSecond, burst }: RateLimit): RateLimiter {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(key, now = Date.now()) {
      const bucket = buckets.get(key) ?? { tokens: burst, at: now };
      bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1_000) * perSecond);
      bucket.at = now;
      if (bucket.tokens < 1) {
        const retryAfterSeconds = Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
        throw new AppError(
          "rate_limited",
          `Too many requests: at most ${perSecond} a second. Wait ${retryAfterSeconds} s and try again.`,
          [],
          { retryAfterSeconds },
        );
      }
      bucket.tokens -= 1;
      // Oldest first: a Map keeps the order of insertion.
      buckets.delete(key);
      buckets.set(key, bucket);
      if (buckets.size > maxKeys) {
        for (const oldest of buckets.keys()) {
          buckets.delete(oldest);
          break;
        }
      }
      return {
        limit: burst,
        remaining: Math.floor(bucket.tokens),
        resetSeconds: Math.ceil((burst - bucket.tokens) / perSecond),
      };
    },
  };
}
