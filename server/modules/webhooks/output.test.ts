import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { liveReady, subscribeLive } from "@/server/db/live";
import { hotPool } from "@/server/db/pools";
import { startTestWorker } from "@/inngest/runtime/runtime.testkit";
import { callHook, post, publishHook as publish } from "./webhooks.testkit";
import type { TestDatabase } from "@/tests/database";

let database: TestDatabase;
let north: TestOrganization;

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
  subscribeLive(north.members.owner.actor.organizationId, () => undefined);
  await liveReady();
});
afterAll(() => database.close());

const publishHook = (
  slug: string,
  trigger: Record<string, unknown> = {},
  more: { spec?: Record<string, unknown> } = {},
) => publish(north.members.owner.apiKey, slug, trigger, more.spec);
const runRow = async (id: string) => (await hotPool().query("select * from runs where id = $1", [id])).rows[0];

describe("webhooks that answer with the output", () => {
  it("wait for the run's end, which a worker brings about", async () => {
    const nodes = [
      { id: "double", type: "transform", expression: { doubled: "${trigger.n * 2}" } },
      { id: "out", type: "output", output: "${step.double.output}" },
    ];
    const url = await publishHook(
      "answering",
      { respond: "output" },
      { spec: { startNodeId: "double", nodes, edges: [{ from: "double", to: "out" }] } },
    );
    const worker = await startTestWorker(database);
    try {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, n) => post(url, JSON.stringify({ n }), { "webhook-id": `msg-${String(n)}` })),
      );
      expect(answers.map(({ status, json }) => [status, json])).toEqual(
        answers.map((_, n) => [200, { doubled: n * 2 }]),
      );
      expect(await runRow(answers[3]?.headers.get("holdpoint-run-id") ?? "")).toMatchObject({
        status: "completed",
        output: { doubled: 6 },
      });
      const repeat = await post(url, '{"n": 3}', { "webhook-id": "msg-3" });
      expect([repeat.status, repeat.json]).toEqual([200, { doubled: 6 }]);
    } finally {
      await worker.stop();
    }
  });

  it("say that the run failed, and why", async () => {
    const url = await publishHook(
      "failing",
      { respond: "output" },
      {
        spec: {
          startNodeId: "sum",
          nodes: [{ id: "sum", type: "condition", expression: "trigger.missing > 1" }],
          edges: [],
        },
      },
    );
    const worker = await startTestWorker(database);
    try {
      const answer = await post(url, "{}");
      expect([answer.status, answer.json]).toEqual([
        500,
        {
          run_id: expect.any(String),
          status: "failed",
          message: expect.any(String),
          output: null,
          error: expect.objectContaining({ code: expect.any(String), nodeId: "sum" }),
        },
      ]);
    } finally {
      await worker.stop();
    }
  });

  it("B-19 answer for a run that ended as failed with its message and output, in the status that the trigger names", async () => {
    const spec = {
      startNodeId: "no",
      nodes: [{ id: "no", type: "end", status: "failed", message: "Nope", output: { x: 1 } }],
      edges: [],
    };
    const byRule = await publishHook("refusing", { respond: "output" }, { spec });
    const chosen = await publishHook(
      "refusing-text",
      { respond: "output", failedStatus: 200, answer: "text" },
      { spec },
    );
    const worker = await startTestWorker(database);
    try {
      const answer = await post(byRule, "{}");
      expect([answer.status, answer.json]).toMatchObject([
        500,
        { status: "failed", message: "Nope", output: { x: 1 }, run_id: expect.any(String) },
      ]);
      const text = await callHook(chosen, { body: "{}" });
      expect([text.status, text.text]).toEqual([200, "Nope"]);
    } finally {
      await worker.stop();
    }
  });

  it("K2 answer at once when the run waits for a person", async () => {
    const url = await publishHook(
      "asking",
      // The sender's own patience is shorter than this: without the rule the test would end as failed.
      { respond: "output", respondTimeoutMs: 120_000 },
      {
        spec: {
          startNodeId: "ask",
          nodes: [{ id: "ask", type: "approval", assignTo: "role:owner", headline: "May we?" }],
          edges: [],
        },
      },
    );
    const worker = await startTestWorker(database);
    try {
      const answer = await post(url, "{}", { "webhook-id": "a-1" });
      expect([answer.status, answer.json]).toEqual([
        202,
        {
          run_id: expect.any(String),
          status: "waiting_approval",
          status_url: `http://127.0.0.1:3000/api/v1/workflows/${answer.json.run_id}`,
        },
      ]);
      const again = await post(url, "{}", { "webhook-id": "a-1" });
      expect([again.status, again.json.status]).toEqual([200, "waiting_approval"]);
    } finally {
      await worker.stop();
    }
  });

  it("give a status address when it takes too long", async () => {
    const url = await publishHook("slow", { respond: "output", respondTimeoutMs: 20 });
    const answer = await post(url, "{}");
    expect([answer.status, answer.json]).toEqual([
      202,
      {
        run_id: expect.any(String),
        status: "pending",
        status_url: `http://127.0.0.1:3000/api/v1/workflows/${answer.json.run_id}`,
      },
    ]);
    await finish(answer.json.run_id, "failed", null);
  });
});

/** What the worker's last commit does. */
async function finish(id: string, status: string, output: unknown): Promise<void> {
  await hotPool().query("update runs set status = $2, output = $3::jsonb, ended_at = now() where id = $1", [
    id,
    status,
    JSON.stringify(output),
  ]);
  await hotPool().query("select pg_notify('hp_done', $1)", [id]);
}
