import type { SandboxService } from "./route";

/** What a request asks to go wrong, in words inside its own data: a customer id, an e-mail address, a name. */
export interface Scenario {
  outage: boolean;
  /** Answers of 503 before the first good one. */
  failures: number;
  delayMs: number;
}

const longestDelayMs = 60_000;

/**
 * `outage` (or `outage-stripe`: that service alone) answers 503, `flaky:2` answers 503 twice per idempotency key first,
 * `slow:800` waits 800 ms.
 */
export function scenarioOf(text: string, service: SandboxService): Scenario {
  const outages = [...text.matchAll(/outage(?:-(identity|aml|stripe|shopify|messaging))?/g)];
  const flaky = /flaky:(\d{1,2})/.exec(text)?.[1];
  const slow = /slow:(\d{1,6})/.exec(text)?.[1];
  return {
    outage: outages.some(([, named]) => named === undefined || named === service),
    failures: flaky === undefined ? 0 : Number(flaky),
    delayMs: slow === undefined ? 0 : Math.min(Number(slow), longestDelayMs),
  };
}
