import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insertConnection } from "@/inngest/runtime/runtime.testkit";
import { createCaller } from "@/server/routes/root";
import { rest } from "@/server/api/rest/client.testkit";
import { createRunsScene, edge, effect, type RunsScene } from "./runs.testkit";

/** What services say when they fail quotes what was sent to them, and what they know. */

let scene: RunsScene;
let service: Server;
/** The answers of the service, in order; the last one stays. */
let answers: { status: number; body: string; type?: string }[] = [];

beforeAll(async () => {
  scene = await createRunsScene();
  service = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      response.writeHead(answer?.status ?? 200, { "content-type": answer?.type ?? "application/json" });
      response.end(answer?.body ?? "{}");
    });
  });
  await new Promise<void>((resolve) => void service.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${String((service.address() as AddressInfo).port)}`;
  await insertConnection(scene.database.pool, scene.north.id, "teller", url);
});
afterAll(async () => {
  await scene.close();
  await new Promise((resolve) => service.close(resolve));
});

const call = (more: object): object => effect("call", { service: "teller", ...more });

/** Everything that somebody who looks on can read of a run. */
async function seenOf(id: string): Promise<string> {
  const read = (path: string) => rest(scene.north.members.viewer.apiKey, "GET", path);
  const parts = [`/api/v1/runs/${id}`, `/api/v1/workflows/${id}`, "/api/v1/runs", "/api/v1/approvals"];
  for (const part of ["events", "receipts", "steps"]) parts.push(`/api/v1/runs/${id}/${part}`);
  const answered = await Promise.all(parts.map(read));
  for (const { status } of answered) expect(status).toBe(200);
  const steps = answered[0]?.json.steps as { id: string | null }[];
  for (const step of steps) if (step.id !== null) answered.push(await read(`/api/v1/runs/${id}/steps/${step.id}`));
  const pages = createCaller({ actor: scene.north.members.viewer.actor, requestId: "" });
  return JSON.stringify([answered.map(({ json }) => json), await pages.runs.get({ id })]);
}

const retry = async (id: string, body: object): Promise<void> => {
  const answer = await scene.call("POST", `/api/v1/runs/${id}/retry`, body);
  expect(answer.status, JSON.stringify(answer.json)).toBe(200);
};

async function approve(runId: string): Promise<void> {
  const [{ id }] = (await scene.call("GET", `/api/v1/approvals?run_id=${runId}`)).json.approvals;
  expect((await scene.call("POST", `/api/v1/approvals/${id}/approve`, {})).status).toBe(200);
}

describe("M11 what a service said about something sensitive", () => {
  it("is hidden in tries that left the run with a retry, and so is what a patch put in its place", async () => {
    await scene.publish("left", {
      startNodeId: "file",
      nodes: [
        { id: "file", type: "transform", expression: { code: "${input.code}" }, sensitive: ["code"] },
        { id: "ask", type: "approval", assignTo: "role:owner" },
        call({ body: { code: "${input.code}" } }),
      ],
      edges: [edge("file", "ask"), edge("ask", "call", "approved")],
    });
    answers = [{ status: 400, body: JSON.stringify({ message: "No such code: kestrel-plover" }) }];
    const id = await scene.start("left", { code: "kestrel-plover", note: "north wing" });
    await scene.reached(id, "waiting_approval");
    await approve(id);
    await scene.reached(id, "failed");
    expect(await seenOf(id)).not.toContain("kestrel-plover");
    await retry(id, { from_step: "ask" });
    const again = await scene.reached(id, "waiting_approval");
    const left = again.steps.find((step: { node_id: string }) => step.node_id === "call");
    expect(left).toMatchObject({
      status: "pending",
      attempts: [{ error: { code: "http_4xx", message: "The service answered 400: No such code: ••••" } }],
    });
    expect(await seenOf(id)).not.toContain("kestrel-plover");
    await approve(id);
    await scene.reached(id, "failed");
    // What a correction says is told before any step has it.
    await scene.call("POST", `/api/v1/runs/${id}/pause`, {});
    await retry(id, { from_step: "ask", patch: { code: "heron-bittern", note: "south wing" } });
    await scene.reached(id, "waiting_approval");
    const seen = await seenOf(id);
    expect(seen).not.toMatch(/kestrel-plover|heron-bittern/);
    expect(seen).toContain("south wing");
  });

  it.each([
    ["a sentence", JSON.stringify({ message: "kestrel-plover is not in order" }), "application/json"],
    ["a text", "kestrel-plover \n is  not in order", "text/plain"],
    ["a long text", `${"x ".repeat(40)} kestrel-plover ${"y".repeat(400)}`, "text/plain"],
    ["an object", JSON.stringify({ error: { message: "kestrel-plover" } }), "application/json"],
  ])("is hidden in tries before one that went well, where the answer is sensitive: %s", async (_, body, type) => {
    const slug = `again-${String(body.length)}`;
    await scene.publish(slug, {
      startNodeId: "call",
      nodes: [
        call({ sensitive: ["output"], retry: { maxAttempts: 2, backoff: 1 } }),
        { id: "done", type: "end", output: { of: "${step.call.status}" } },
      ],
      edges: [edge("call", "done")],
    });
    answers = [
      { status: 500, body, type },
      { status: 200, body: "{}" },
    ];
    const id = await scene.start(slug);
    const run = await scene.reached(id, "completed");
    const step = run.steps.find((each: { node_id: string }) => each.node_id === "call");
    expect(step.attempts).toMatchObject([
      {
        status: "failed",
        error: {
          message: "The service answered 500. What it said is not shown, because its answer is sensitive.",
        },
      },
      { status: "completed", error: null },
    ]);
    expect(await seenOf(id)).not.toContain("kestrel");
  });

  it("is hidden in the run's own error, in loops and in what later steps make of it", async () => {
    await scene.publish("looped", {
      startNodeId: "each",
      nodes: [
        {
          id: "each",
          type: "loop",
          items: "[1, 2]",
          onItemError: "continue",
          body: { startNodeId: "call", nodes: [call({ sensitive: ["output"] })], edges: [] },
        },
        { id: "look", type: "transform", expression: { all: "${step.each.output}" } },
        effect("last", { service: "teller", sensitive: ["output"] }),
      ],
      edges: [edge("each", "look"), edge("look", "last")],
    });
    answers = [{ status: 422, body: JSON.stringify({ detail: "kestrel-plover is known" }) }];
    const id = await scene.start("looped");
    const run = await scene.reached(id, "failed");
    expect(run.error.message).not.toContain("kestrel");
    expect(await seenOf(id)).not.toContain("kestrel");
  });

  it("is hidden where a later step reads it", async () => {
    await scene.publish("reads", {
      startNodeId: "call",
      nodes: [
        call({ sensitive: ["output"], onError: "continue" }),
        {
          id: "make",
          type: "transform",
          expression: { up: "${upper(step.call.error.message)}", code: "${step.call.error.code}" },
        },
      ],
      edges: [edge("call", "make")],
    });
    answers = [{ status: 422, body: JSON.stringify({ detail: "kestrel-plover is known" }) }];
    const id = await scene.start("reads");
    const run = await scene.reached(id, "completed");
    const make = run.steps.find((each: { node_id: string }) => each.node_id === "make");
    expect(make.output).toEqual({ up: "••••", code: "http_4xx" });
    expect(await seenOf(id)).not.toMatch(/kestrel/i);
  });
});

describe("K1 fields that expressions cannot read", () => {
  it("stand in the answer, and the step that got it says that they do", async () => {
    await scene.publish("names", {
      startNodeId: "call",
      nodes: [call({}), { id: "copy", type: "transform", expression: { it: "${step.call.output}" } }],
      edges: [edge("call", "copy")],
    });
    answers = [{ status: 200, body: '{"constructor":2,"__proto__":{"a":1},"b":"x\\u0000y"}' }];
    const run = await scene.reached(await scene.start("names"), "completed");
    const step = (id: string) => run.steps.find((each: { node_id: string }) => each.node_id === id);
    expect(step("copy").output).toEqual({ it: { b: "xy" } });
    expect(step("call").warnings).toEqual([
      expect.stringContaining("NUL was left out"),
      expect.stringContaining("fields named __proto__, constructor, which expressions cannot read"),
    ]);
  });
});
