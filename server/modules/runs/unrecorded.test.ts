import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { insertConnection } from "@/inngest/runtime/runtime.testkit";
import { rest } from "@/server/api/rest/client.testkit";
import { recordedResults } from "./brief";
import { createRunsScene, edge, type RunsScene } from "./runs.testkit";

let scene: RunsScene;
let service: Server;
/** What each path was sent. */
const sent = new Map<string, string>();
const secretive = { name: "Ada Quill", plan: "gold", code: "77", tags: ["north-wing"] };

beforeAll(async () => {
  scene = await createRunsScene();
  service = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      sent.set(request.url ?? "", body);
      const isRefused = request.url === "/refused";
      response.writeHead(isRefused ? 422 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(secretive));
    });
  });
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${String((service.address() as AddressInfo).port)}`;
  await insertConnection(scene.database.pool, scene.north.id, "patients", url);
  const call = (id: string, path: string, more: object = {}) => ({
    id,
    type: "service_call",
    service: "patients",
    method: "POST",
    path,
    retry: { maxAttempts: 1 },
    ...more,
  });
  await scene.publish("visit", {
    startNodeId: "look",
    nodes: [
      call("look", "/look", { result: "Found ${output.name}" }),
      call("tell", "/tell", { body: { to: "${step.look.output.name}", tag: "${step.look.output.tags[0]}" } }),
      call("refused", "/refused"),
      {
        id: "ask",
        type: "approval",
        assignTo: "role:owner",
        actionLabel: "Treat ${step.look.output.name}?",
      },
      {
        id: "done",
        type: "end",
        message: "Saw ${step.look.output.name}",
        output: { is: "${step.look.output}" },
      },
    ],
    edges: [
      edge("look", "tell"),
      edge("tell", "refused"),
      edge("refused", "ask", "error"),
      edge("ask", "done", "approved"),
    ],
  });
});
afterAll(async () => {
  await scene.close();
  await new Promise((resolve) => service.close(resolve));
});

const records = (on: boolean) => scene.call("PATCH", "/api/v1/connections/patients", { record_bodies: on });
const words = [secretive.name, secretive.plan, ...secretive.tags];

async function shownOf(id: string): Promise<string> {
  const paths = ["", "/events", "/receipts", "/steps"].map((part) => `/api/v1/runs/${id}${part}`);
  const answers = await Promise.all([...paths, "/api/v1/approvals"].map((path) => scene.call("GET", path)));
  for (const { status } of answers) expect(status).toBe(200);
  const { versionId } = (
    await scene.database.pool.query<{ versionId: string }>('select version_id as "versionId" from runs where id = $1', [
      id,
    ])
  ).rows[0] ?? { versionId: "" };
  const { organizationId } = scene.north.members.owner.actor;
  const results = await recordedResults(organizationId, { id, versionId, input: {} });
  return JSON.stringify([answers.map(({ json }) => json), results]);
}

async function visited(): Promise<string> {
  const id = await scene.start("visit");
  const { approvals } = await scene.reached(id, "waiting_approval");
  const before = await shownOf(id);
  await rest(scene.north.members.owner.apiKey, "POST", `/api/v1/approvals/${approvals[0].id}/approve`, {});
  await scene.reached(id, "completed");
  return `${before}${await shownOf(id)}`;
}

it("L1 a connection that keeps no answers on record: the run uses them, and nobody is shown them", async () => {
  expect(await records(false)).toMatchObject({ status: 200, json: { record_bodies: false } });
  const shown = await visited();
  expect(words.filter((word) => shown.includes(word))).toEqual([]);
  expect(JSON.parse(sent.get("/tell") ?? "")).toEqual({ to: secretive.name, tag: secretive.tags[0] });
  const { rows } = await scene.database.pool.query<{ status: number; response: unknown; unrecorded: boolean }>(
    "select status, response, unrecorded from receipts order by sent_at",
  );
  expect(rows.map(({ status, response, unrecorded }) => [status, response, unrecorded])).toEqual([
    [200, null, true],
    [200, null, true],
    [422, null, true],
  ]);
  const [{ id }] = (await scene.database.pool.query<{ id: string }>("select id from runs")).rows as [{ id: string }];
  const { steps } = (await scene.call("GET", `/api/v1/runs/${id}`)).json;
  expect(steps[0]).toMatchObject({ output: "••••", summary: "Found ••••", response: { status: 200 } });
  expect(steps[2].error).toMatchObject({ status: 422, body: "••••" });
});

it("L1 a run that is restored from such a one hides what it took over", async () => {
  const [{ id: source }] = (await scene.database.pool.query<{ id: string }>("select id from runs")).rows as [
    { id: string },
  ];
  const { snapshots } = (await scene.call("GET", `/api/v1/runs/${source}/snapshots`)).json;
  const snapshot = snapshots.find((each: { node_id: string }) => each.node_id === "refused");
  const restored = await scene.call("POST", `/api/v1/runs/${source}/restore`, { snapshot_id: snapshot.id });
  await scene.reached(restored.json.id, "waiting_approval");
  const shown = await shownOf(restored.json.id);
  expect(words.filter((word) => shown.includes(word))).toEqual([]);
});

it("L1 what was hidden stays hidden when answers are kept again, and later ones are shown", async () => {
  const { rows } = await scene.database.pool.query<{ id: string }>("select id from runs order by id limit 1");
  await records(true);
  const old = await shownOf(rows[0]?.id ?? "");
  expect(words.filter((word) => old.includes(word))).toEqual([]);
  const shown = await visited();
  expect(words.filter((word) => !shown.includes(word))).toEqual([]);
});
