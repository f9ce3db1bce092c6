import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createCaller } from "@/server/routes/root";
import { systemActor } from "@/server/auth/actor";
import { forgetEnv } from "@/server/env";
import { startWorkflow } from "@/server/modules/runs/service";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";
import { allowances, chargeDocumentWork } from "@/server/http/allowances";
import { createRateLimiter } from "@/server/http/rate-limit";

const bench = useWorkflowBench();

function allow(variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  forgetEnv();
  allowances.value = undefined;
}
beforeEach(() => {
  allowances.value = undefined;
});
afterEach(() => {
  vi.unstubAllEnvs();
  forgetEnv();
  allowances.value = undefined;
});

it("L16 what is charged afterwards may leave a debt, which is waited for as long as it takes to pay", () => {
  const limiter = createRateLimiter({ perSecond: 10, burst: 100, refusal: () => "Too much work." });
  limiter.require("key", 0);
  limiter.charge("key", 140, 0);
  const refusal = { message: "Too much work. Wait 5 s and try again.", extra: { retryAfterSeconds: 5 } };
  expect(() => {
    limiter.require("key", 0);
  }).toThrow(expect.objectContaining(refusal));
  limiter.require("another", 0);
  limiter.require("key", 4_100);
  // Asking took nothing.
  limiter.require("key", 4_100);
});

describe("L17 starts of one organization", () => {
  beforeAll(() => bench.createLive("asked"));

  it("beyond what it may start are refused, to be sent again", async () => {
    // Slow enough that nothing is given back meanwhile.
    allow({ HOLDPOINT_STARTS_PER_SECOND: "1", HOLDPOINT_STARTS_AT_ONCE: "3" });
    const answers = [];
    for (let start = 0; start < 3; start += 1) answers.push(await bench.start("asked"));
    expect(answers.map(({ status }) => Math.floor(status / 100))).toEqual([2, 2, 2]);
    allowances.value?.starts.charge(bench.north().id, 1_000);
    const refused = await bench.start("asked");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(900);
    expect(refused.json.error).toMatchObject({ code: "rate_limited", message: expect.stringContaining("not started") });
    const { builder } = bench.north().members;
    await expect(
      startWorkflow(builder.actor, { workflow: "asked", input: {}, triggerType: "manual" }),
    ).rejects.toMatchObject({ code: "rate_limited" });
  });

  it("never hold up its own schedules and events, nor another organization", async () => {
    allow({});
    await bench.start("asked");
    allowances.value?.starts.charge(bench.north().id, 10_000);
    expect((await bench.start("asked")).status).toBe(429);
    for (const triggerType of ["schedule", "event"]) {
      const run = await startWorkflow(systemActor(bench.north().id), { workflow: "asked", input: {}, triggerType });
      expect(run.existing).toBe(false);
    }
  });
});

describe("L16 large documents of one organization", () => {
  /** Too large to be checked in passing. */
  const large = () => ({
    name: "Large",
    slug: `large-${String(Math.random()).slice(2)}`,
    spec: {
      startNodeId: "s0",
      nodes: Array.from({ length: 1_000 }, (_, at) => ({
        id: `s${String(at)}`,
        type: "transform",
        name: "x".repeat(60),
        expression: "1",
      })),
      edges: [],
    },
  });
  const left = (): number => allowances.value?.documents.take(bench.north().id).remaining ?? Number.NaN;

  it("are charged by what they cost, over REST and from the pages, small ones are free", async () => {
    allow({ HOLDPOINT_DOCUMENT_WORK_PER_SECOND: "10", HOLDPOINT_DOCUMENT_WORK_AT_ONCE: "1000000" });
    expect((await bench.call("POST", "/api/workflows", large())).status).toBe(201);
    const afterRest = left();
    expect(afterRest).toBeLessThan(1_000_000 - 3);
    const pages = createCaller({ actor: bench.north().members.builder.actor, requestId: "test" });
    await pages.library.readImport({ text: JSON.stringify(large()) });
    expect(left()).toBeLessThan(afterRest - 1);
  });

  it("wait while more was done than its share; small ones, runs and other work go on", async () => {
    await bench.createLive("small");
    allow({ HOLDPOINT_DOCUMENT_WORK_PER_SECOND: "10", HOLDPOINT_DOCUMENT_WORK_AT_ONCE: "1000" });
    chargeDocumentWork(bench.north().id, 2_000);
    const refused = await bench.call("POST", "/api/workflows", large());
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(50);
    expect(refused.json.error.message).toContain("Nothing was done");
    const pages = createCaller({ actor: bench.north().members.builder.actor, requestId: "test" });
    await expect(pages.library.readImport({ text: JSON.stringify(large()) })).rejects.toMatchObject({
      code: "TOO_MANY_REQUESTS",
    });
    expect((await bench.start("small")).status).toBeLessThan(300);
    expect((await bench.call("GET", "/api/workflows/small")).status).toBe(200);
    await bench.createLive("another-small");
  });
});
