import { version } from "inngest";
import { afterEach, expect, test, vi } from "vitest";
import type { Call } from "./call";
import { createCallLife } from "./call-life";
import { createCatalog } from "./function-catalog";
import { createSdk } from "./sdk";
import { createTestClient } from "./executor.testkit";

afterEach(() => vi.unstubAllGlobals());

test("the SDK is the version that the protocol was recorded from", () => {
  expect(version).toBe("4.24.0");
});

test("the SDK describes its functions without a network", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new Error("The network was used.")));
  const { client } = createTestClient();
  const fn = client.createFunction(
    {
      id: "all",
      retries: 2,
      triggers: [{ event: "a/b", if: "event.data.n > 1" }, { cron: "0 9 * * 1" }],
      concurrency: { limit: 3, key: "event.data.who" },
      timeouts: { start: "1h", finish: "2h" },
      cancelOn: [{ event: "a/stop", if: "event.data.id == async.data.id" }],
      onFailure: () => undefined,
    },
    () => 1,
  );
  const catalog = createCatalog(await createSdk(client, [fn]).configs());
  expect(catalog.all.map(({ id, maxAttempts }) => [id, maxAttempts])).toEqual([
    ["test-all", 3],
    ["test-all-failure", 2],
  ]);
  const spec = catalog.get("test-all");
  expect(spec).toMatchObject({
    crons: [{ cron: "0 9 * * 1", jitterMs: 0 }],
    startTimeoutMs: 3_600_000,
    finishTimeoutMs: 7_200_000,
  });
  expect(spec?.cancels).toEqual([
    { event: "a/stop", if: "event.data.id == async.data.id", timeoutMs: 365 * 86_400_000 },
  ]);
  expect(catalog.triggeredBy("inngest/function.failed").map(({ spec: { id } }) => id)).toEqual(["test-all-failure"]);
});

test("a call runs in this process, and what a function may not use is refused at start", async () => {
  const { client } = createTestClient();
  const adds = client.createFunction(
    { id: "adds", triggers: [{ event: "a/b" }] },
    ({ event }) => (event.data as { n: number }).n + 1,
  );
  const sdk = createSdk(client, [adds]);
  const call: Call = {
    run: "r",
    step: "step",
    attempt: 0,
    fence: 1,
    takeovers: 0,
    fn: "test-adds",
    key: "-",
    events: [{ name: "a/b", data: { n: 1 } }],
    steps: {},
    stack: [],
  };
  const answer = await sdk.call(call, 5, { life: createCallLife(60_000), committed: new Map(), confirm: () => null });
  expect([answer.status, answer.body]).toEqual([206, [expect.objectContaining({ op: "RunComplete", data: 2 })]]);
  const throttled = client.createFunction(
    { id: "slow", triggers: [{ event: "a/b" }], throttle: { limit: 1, period: "1s" } },
    () => 1,
  );
  const configs = await createSdk(client, [throttled]).configs();
  expect(() => createCatalog(configs)).toThrow('Function "test-slow" uses throttle');
});
