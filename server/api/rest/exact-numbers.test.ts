import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRunsScene, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { serveTrpc } from "@/server/routes/serve-trpc";
import { serveRest } from "@/server/routes/serve-rest";

let scene: RunsScene;
beforeAll(async () => {
  scene = await createRunsScene();
  const schema = { type: "object", properties: { id: {} } };
  await scene.publish("form", {
    startNodeId: "f",
    nodes: [{ id: "f", type: "collect_form", schema }],
    edges: [],
  });
  await scene.publish("callback", { startNodeId: "w", nodes: [{ id: "w", type: "wait", callback: true }], edges: [] });
});
afterAll(() => scene.close());

async function send(path: string, text: string, method = "POST") {
  const response = await serveRest(
    new Request(`http://127.0.0.1:3000${path}`, {
      method,
      headers: {
        authorization: `Bearer ${scene.north.members.owner.apiKey}`,
        "content-type": "application/json",
      },
      body: text,
    }),
  );
  return { status: response.status, json: (await response.json()) as object };
}

describe("K3 numbers that JSON.parse cannot hold", () => {
  it.each([
    ["a run's input", "/api/v1/runs", '{"template_id":"form","input":{"order":{"id":@}}}', "input.order.id"],
    ["an event", "/api/v1/events", '{"name":"order.paid","data":{"id":@}}', "data.id"],
    [
      "a workflow",
      "/api/workflows",
      '{"slug":"x","name":"x","spec":{"nodes":[{"id":"a","limit":@}]}}',
      "spec.nodes[0].limit",
    ],
  ])("are refused with their place in %s", async (_, path, text, place) => {
    for (const [digits, code] of [
      ["8202522731445525542", "number_too_precise"],
      ["1e400", "number_too_large"],
    ] as const)
      expect(await send(path, text.replace("@", digits))).toMatchObject({
        status: 422,
        json: { error: { code: "validation_failed", details: [{ code, path: place }] } },
      });
  });

  it("are refused with their place in a form's values, and go in as text", async () => {
    const run = await scene.reached(await scene.start("form"), "waiting_form");
    const path = `/api/v1/forms/${String(run.steps[0].waiting.id)}/submit`;
    expect(await send(path, '{"values":{"id":9007199254740993}}')).toMatchObject({
      status: 422,
      json: { error: { details: [{ code: "number_too_precise", path: "values.id" }] } },
    });
    expect((await send(path, '{"values":{"id":"9007199254740993"}}')).status).toBe(200);
  });

  it("keep their digits as text in a call from outside, and beyond every number are refused", async () => {
    const id = await scene.start("callback");
    const waits = await scene.reached(id, "waiting_async");
    const { pathname } = new URL(String(waits.steps[0].waiting.callback_url));
    expect(await send(pathname, '{"id":1e999}')).toMatchObject({ status: 422 });
    expect((await send(pathname, '{"id":8202522731445525542}')).status).toBe(200);
    const [step] = (await scene.reached(id, "completed")).steps;
    expect(step.output).toMatchObject({ id: "8202522731445525542" });
    expect(step.warnings).toEqual([expect.stringMatching(/kept as text: at id/)]);
  });

  it("are refused from the browser, too", async () => {
    const response = await serveTrpc(
      new Request("http://127.0.0.1:3000/api/trpc/runs.start", {
        method: "POST",
        headers: { "content-type": "application/json", origin: "http://127.0.0.1:3000" },
        body: '{"slug":"form","input":{"id":8202522731445525542}}',
      }),
    );
    expect([response.status, await response.json()]).toMatchObject([
      422,
      { error: { details: [{ code: "number_too_precise", path: "input.id" }] } },
    ]);
  });
});
