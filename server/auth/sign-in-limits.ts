import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** Tries for one account from one address in a quarter of an hour. */
const perAccountAndAddress = new RateLimiterMemory({ keyPrefix: "pair", points: 10, duration: 15 * 60 });
/** From everywhere together: slows a spread-out guesser without locking the owner out for long. */
const perAccount = new RateLimiterMemory({ keyPrefix: "account", points: 100, duration: 60 * 60 });
/** All accounts from one address. */
const perAddress = new RateLimiterMemory({ keyPrefix: "address", points: 200, duration: 15 * 60 });

/** Counts failed sign-ins. A success gives its try back. */
export const signInLimits = {
  /** Counts one try; answers how long to wait (ms) when there were too many, else null. */
  async count(email: string, address: string): Promise<number | null> {
    for (const [limiter, key] of limitersFor(email, address)) {
      const waitMs = await limiter.consume(key).then(
        () => null,
        (refusal: unknown) => {
          if (refusal instanceof RateLimiterRes) return refusal.msBeforeNext;
          throw refusal;
        },
      );
      if (waitMs !== null) return waitMs;
    }
    return null;
  },
  async forgive(email: string, address: string): Promise<void> {
    await Promise.all(limitersFor(email, address).map(([limiter, key]) => limiter.reward(key)));
  },
};

function limitersFor(email: string, address: string): [RateLimiterMemory, string][] {
  return [
    [perAccountAndAddress, `${email} ${address}`],
    [perAccount, email],
    [perAddress, address],
  ];
}
