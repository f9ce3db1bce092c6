import { afterAll, beforeAll, expect, it } from "vitest";
import { readId } from "@/core/ids";
import { attack, processesOf, type Attacked } from "./attacked.testkit";
import { hostileCall, type Doors } from "./calls.testkit";
import { createDice } from "./dice.testkit";
import { extent, inParallel, openInFlight, percentile, report, seedsOf } from "./extent.testkit";
import { openSlow, rawCall } from "./raw-http.testkit";
import { expectEveryRunToEnd } from "./runs-end.testkit";

const hangMs = 60_000;
let target: Attacked;
let doors: Doors;

beforeAll(async () => {
  target = await attack("calls");
  doors = await openDoors();
});
afterAll(() => target.close());

const kept: readonly number[] = [];

it("S7 H2 H3 generated webhooks and forms are taken whole or refused, and leave the product as it was", async () => {
  const seeds = seedsOf(extent(10_000, 400), kept);
  const log = openInFlight("s7-calls");
  const processes = processesOf(target);
  const problems: string[] = [];
  const started = new Set<string>();
  const times: number[] = [];
  const statuses = new Map<number | null, number>();
  let settled = 0;
  let memoryWarm = 0;

  await inParallel(seeds, 8, async (seed) => {
    const call = hostileCall(createDice(seed), doors);
    log.sending(
      seed,
      `${call.method} ${call.path} ${JSON.stringify(call.headers)} ${String(call.parts[0]).slice(0, 500)}`,
    );
    const answer = await rawCall(target.product.baseUrl, call, hangMs).catch((error: unknown) => {
      throw new Error(`seed ${seed}: no answer, see ${log.path}`, { cause: error });
    });
    log.answered(seed, `${answer.status ?? "closed"} ${answer.ms.toFixed(0)} ms`);
    times.push(answer.ms);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    if (answer.status !== null && answer.status >= 500)
      problems.push(`${seed} ${call.path}: ${answer.status} ${answer.text.slice(0, 300)}`);
    for (const [, id] of answer.text.matchAll(/"(?:run_id|reference)":"([\w-]{36}|run_\w{26})"/g))
      started.add(readId("run", id ?? "") ?? "");
    settled += 1;
    // The first fifth warms up: compiled code and pools are no leak.
    if (settled === Math.ceil(seeds.length / 5)) memoryWarm = target.memory();
  });

  expect(problems).toEqual([]);
  expect(processesOf(target)).toEqual(processes);
  // Each run was promised to somebody, except where the caller had gone before the answer: never more than those.
  const runs = await expectEveryRunToEnd(target);
  expect(runs).toBeGreaterThanOrEqual(started.size);
  expect(runs - started.size).toBeLessThanOrEqual(statuses.get(null) ?? 0);
  const growth = target.memory() - memoryWarm;
  expect(growth).toBeLessThanOrEqual(100);
  log.close();
  times.sort((one, other) => one - other);
  const counts = [...statuses].map(([status, count]) => `${count} x ${status ?? "closed"}`).join(", ");
  report(
    `S7 calls: ${seeds.length} sent (${counts}), 0 x 5xx, p99 ${percentile(times, 0.99).toFixed(0)} ms, ${runs} runs ended, web memory growth ${growth.toFixed(0)} MB`,
  );
});

it("S7 H2 a body without end is let go at the limit, whichever address it goes to", async () => {
  const megabytes = extent(100, 12);
  const chunk = Buffer.alloc(1_000_000, "{},");
  const before = { processes: processesOf(target), memory: target.memory() };
  const paths = [
    doors.hooks[0] ?? "",
    "/api/trpc/conversations.send",
    "/api/callbacks/xxxxxxxxxxxxxxxxxxxxxxxx",
    "/api/workflows",
  ];
  for (const path of paths) {
    const { status } = await rawCall(
      target.product.baseUrl,
      {
        method: "POST",
        path,
        headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
        parts: Array.from({ length: megabytes }, () => chunk),
      },
      hangMs,
    );
    expect({ path, status }).toEqual({
      path,
      status: expect.toSatisfy((each) => each === null || (each >= 400 && each < 500)),
    });
  }
  expect(processesOf(target)).toEqual(before.processes);
  report(
    `S7 endless bodies: ${paths.length} x ${megabytes} MB chunked, 0 x 5xx, web memory ${before.memory.toFixed(0)} -> ${target.memory().toFixed(0)} MB`,
  );
});

it("S7 senders that never finish keep nobody else waiting", async () => {
  const slow = await openSlow(target.product.baseUrl, doors.hooks[0] ?? "", extent(200, 50));
  for (const socket of slow) socket.on("error", () => undefined);
  for (let call = 0; call < 20; call += 1)
    expect((await target.send("GET", "/api/health/live", { key: null })).status).toBe(200);
  for (const socket of slow) socket.destroy();
  report(`S7 slow senders: ${slow.length} open, 20 of 20 others answered`);
});

/** Webhooks of several kinds and a form, live. */
async function openDoors(): Promise<Doors> {
  const spec = {
    startNodeId: "shape",
    nodes: [{ id: "shape", type: "transform", expression: { a: "${input}" } }],
    edges: [],
  };
  const create = async (slug: string, document: Record<string, unknown>): Promise<{ id: string; url?: string }[]> => {
    const body = JSON.stringify({ slug, name: slug, spec, ...document });
    expect((await target.send("POST", "/api/workflows", { body })).status).toBe(201);
    const published = await target.send("POST", `/api/workflows/${slug}/publish`, { body: "{}" });
    expect(published.status, published.text).toBe(200);
    return JSON.parse(published.text).data.workflow.triggers;
  };
  const hooked = await create("hooked", {
    triggers: [
      { id: "plain", type: "webhook" },
      { id: "signed", type: "webhook", secret: "0123456789abcdef" },
      { id: "mapped", type: "webhook", input: { all: "${trigger}", one: "${trigger.?items.orValue(null)}" } },
    ],
  });
  const schema = {
    type: "object",
    required: ["email"],
    properties: { email: { type: "string", format: "email" }, days: { type: "integer" } },
  };
  await create("asked", {
    spec: { ...spec, inputSchema: schema },
    triggers: [{ id: "form", type: "form", label: "Ask" }],
  });
  const { cookie } = target.organization.members.owner;
  const state = await target.trpc("GET", "triggers.state", { slug: "asked" }, cookie);
  const formToken = /\/f\/([\w-]+)/.exec(state.text)?.[1];
  expect(formToken, state.text).toBeDefined();
  return { hooks: hooked.map(({ url }) => new URL(url ?? "").pathname), formToken: formToken ?? "" };
}
