import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { expect } from "vitest";
import type { Attacked } from "./attacked.testkit";

/** What a neighbour noticed while something was going on. */
export interface Noticed {
  /** Longest answers, in ms. */
  health: number;
  run: number;
  asked: number;
  runs: number;
}

export interface Neighbour {
  /** Asks for health every 20 ms, and has one tiny run after the other, as long as `work` lasts and one round after it. */
  during(work: () => Promise<void>): Promise<Noticed>;
}

const pauseMs = 20;
const ended: ReadonlySet<string> = new Set(["completed", "failed", "cancelled"]);

/** Somebody of another organization, with a workflow of one small step. */
export async function moveIn(target: Attacked): Promise<Neighbour> {
  const spec = {
    startNodeId: "a",
    nodes: [{ id: "a", type: "transform", expression: { n: "${input.n + 1}" } }],
    edges: [],
  };
  const slug = "tiny";
  const made = await target.send("POST", "/api/workflows", {
    body: JSON.stringify({ slug, name: slug, triggers: [{ id: "api", type: "api" }], spec }),
  });
  expect(made.status, made.text).toBe(201);
  const published = await target.send("POST", `/api/workflows/${slug}/publish`, { body: "{}" });
  expect(published.status, published.text).toBe(200);

  const runOnce = async (): Promise<number> => {
    const started = performance.now();
    const body = JSON.stringify({ input: { n: 1 } });
    const answer = await target.send("POST", `/api/workflows/${slug}/executions`, { body });
    expect(answer.status, answer.text).toBeLessThan(300);
    const id = /"(?:run_id|id)":"([\w-]+)"/.exec(answer.text)?.[1] ?? "";
    for (;;) {
      const { text, status } = await target.send("GET", `/api/v1/runs/${id}`);
      expect(status, text).toBe(200);
      const state = /"status":"(\w+)"/.exec(text)?.[1] ?? "";
      if (ended.has(state)) {
        expect(state).toBe("completed");
        return performance.now() - started;
      }
      await delay(pauseMs);
    }
  };

  return {
    async during(work) {
      const noticed: Noticed = { health: 0, run: 0, asked: 0, runs: 0 };
      let isOver = false;
      const haveRuns = async (): Promise<void> => {
        do {
          noticed.run = Math.max(noticed.run, await runOnce());
          noticed.runs += 1;
        } while (!isOver);
      };
      const asker = await askHealth(`${target.product.baseUrl}/api/health/live`);
      const having = haveRuns();
      try {
        await work();
      } finally {
        isOver = true;
      }
      await having;
      return { ...noticed, ...(await asker.stop()) };
    },
  };
}

/** In a thread of its own: what the attacker builds and sends here would otherwise count as the product's delay. */
const asking = `
  const { parentPort, workerData } = require("node:worker_threads");
  let isOver = false;
  parentPort.on("message", () => { isOver = true; });
  (async () => {
    const seen = { health: 0, asked: 0, refused: 0 };
    // The first one loads what a thread needs for asking.
    await (await fetch(workerData.url)).text();
    parentPort.postMessage("ready");
    do {
      const started = performance.now();
      const answer = await fetch(workerData.url);
      await answer.text();
      seen.health = Math.max(seen.health, performance.now() - started);
      seen.asked += 1;
      if (answer.status !== 200) seen.refused += 1;
      await new Promise((resolve) => setTimeout(resolve, workerData.pauseMs));
    } while (!isOver);
    parentPort.postMessage(seen);
    parentPort.close();
  })();
`;

async function askHealth(url: string): Promise<{ stop(): Promise<{ health: number; asked: number }> }> {
  const thread = new Worker(asking, { eval: true, workerData: { url, pauseMs } });
  await once(thread, "message");
  const answered = once(thread, "message") as Promise<[{ health: number; asked: number; refused: number }]>;
  return {
    async stop() {
      thread.postMessage("stop");
      const [{ refused, ...seen }] = await answered;
      expect(refused).toBe(0);
      return seen;
    },
  };
}
