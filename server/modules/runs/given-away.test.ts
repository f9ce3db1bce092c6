import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readId } from "@/core/ids";
import { createCaller } from "@/server/routes/root";
import { rest } from "@/server/api/rest/client.testkit";
import { createRunsScene, edge, type RunsScene } from "./runs.testkit";

/** What a run gave away stands in lists of others than itself: deliveries, events, calls, messages. */

let scene: RunsScene;
let subscription: string;
beforeAll(async () => {
  scene = await createRunsScene();
  const made = await scene.call("POST", "/api/v1/webhook-subscriptions", { url: "https://hooks.example.com/in" });
  subscription = made.json.id;
});
afterAll(() => scene.close());

const deliveries = async (): Promise<Record<string, unknown>[]> => {
  const path = `/api/v1/webhook-subscriptions/${subscription}/deliveries`;
  const { status, json } = await scene.call("GET", path);
  expect(status).toBe(200);
  return json.deliveries;
};

describe("B-13 the address of a wait", () => {
  let runId: string;
  let url: string;
  let token: string;

  beforeAll(async () => {
    await scene.publish("leak", {
      startNodeId: "address",
      nodes: [
        { id: "address", type: "transform", expression: { url: "${run.callback('paid')}" } },
        { id: "tell", type: "webhook_emit", event: "leak.told", payload: { url: "${step.address.output.url}" } },
        {
          id: "ask",
          type: "approval",
          assignTo: "role:owner",
          actionLabel: "Pay ${step.address.output.url}",
          context: { fields: [{ label: "Where", value: "${step.address.output.url}" }] },
        },
        { id: "paid", type: "wait", callback: true },
      ],
      edges: [edge("address", "tell"), edge("tell", "ask"), edge("ask", "paid", "approved")],
    });
    await scene.publish("other", {
      startNodeId: "copy",
      nodes: [
        {
          id: "copy",
          type: "transform",
          expression: { it: "${input.url}", bare: "${split(input.url, '/callbacks/')[1]}" },
        },
      ],
      edges: [],
    });
    runId = await scene.start("leak");
    await scene.reached(runId, "waiting_approval");
    const { rows } = await scene.database.pool.query<{ url: string }>(
      "select output->>'url' as url from step_runs where run_id = $1 and key = 'address'",
      [readId("run", runId)],
    );
    url = rows[0]?.url ?? "";
    token = url.split("/").at(-1) ?? "";
    expect(token.length).toBeGreaterThan(40);
  });

  it("is in no list of deliveries, which the receiver still gets whole", async () => {
    const { rows } = await scene.database.pool.query("select payload from deliveries where subject = 'leak.told'");
    expect(rows).toEqual([{ payload: { url } }]);
    const shown = await deliveries();
    expect(JSON.stringify(shown)).not.toContain(token);
    expect(shown).toMatchObject([{ payload: { url: expect.stringContaining("/api/callbacks/••••") } }]);
    const path = `/api/v1/webhook-subscriptions/${subscription}/deliveries/${String(shown[0]?.["id"])}/redeliver`;
    await scene.database.pool.query("update deliveries set status = 'dead' where subject = 'leak.told'");
    const again = await scene.call("POST", path);
    expect([again.status, JSON.stringify(again.json).includes(token)]).toEqual([202, false]);
  });

  it("is hidden in a run that it was given to, with and without the rest of the address", async () => {
    const other = await scene.start("other", { url });
    const run = await scene.reached(other, "completed");
    expect(JSON.stringify(run)).not.toContain(token);
    for (const part of ["", "/events", "/receipts", "/steps"])
      expect(JSON.stringify((await scene.call("GET", `/api/v1/runs/${other}${part}`)).json)).not.toContain(token);
    const page = await createCaller({ actor: scene.north.members.owner.actor, requestId: "" }).runs.get({ id: other });
    expect(JSON.stringify(page)).not.toContain(token);
  });

  it("is in neither the list of events nor on the card of who decides", async () => {
    const sent = await scene.call("POST", "/api/v1/events", { name: "leak.heard", data: { url, bare: token } });
    expect(sent.status).toBe(202);
    const seen = [
      await scene.call("GET", "/api/v1/events"),
      await scene.call("GET", "/api/v1/approvals"),
      await scene.call("GET", `/api/v1/runs/${runId}`),
    ];
    const cards = seen[1]?.json.approvals as { id: string }[];
    for (const { id } of cards) seen.push(await scene.call("GET", `/api/v1/approvals/${id}`));
    for (const { status, json } of seen) {
      expect(status).toBe(200);
      expect(JSON.stringify(json)).not.toContain(token);
    }
    expect(JSON.stringify(seen[0]?.json)).toContain("leak.heard");
  });

  it("is not in the messages that members read", async () => {
    const made = await scene.call("POST", "/api/v1/conversations", {
      subject: "Payment",
      contact: { email: "dana@acme.test", name: "Dana" },
    });
    expect(made.status).toBe(201);
    const said = await scene.call("POST", `/api/v1/conversations/${made.json.id}/messages`, { body: `Pay at ${url}` });
    expect(said.status, JSON.stringify(said.json)).toBeLessThan(300);
    const read = await scene.call("GET", `/api/v1/conversations/${made.json.id}`);
    expect(JSON.stringify(read.json)).toContain("Pay at ");
    expect(JSON.stringify([said.json, read.json])).not.toContain(token);
  });

  it("stays at the step that waits, for those who may answer, who are barred from then on", async () => {
    const [{ id }] = (await scene.call("GET", "/api/v1/approvals")).json.approvals;
    await rest(scene.north.members.owner.apiKey, "POST", `/api/v1/approvals/${id}/approve`, {});
    const run = await scene.reached(runId, "waiting_async");
    const paid = run.steps.find((step: { node_id: string }) => step.node_id === "paid");
    expect(paid.waiting.callback_url).toBe(url);
    const { rows } = await scene.database.pool.query(
      "select known_to from waitpoints where run_id = $1 and kind = 'callback'",
      [readId("run", runId)],
    );
    expect(rows).toEqual([{ known_to: [scene.north.members.owner.actor.userId] }]);
  });

  it("is kept with whoever reads it in a form, filled in or not", async () => {
    await scene.publish("asks", {
      startNodeId: "fill",
      nodes: [
        {
          id: "fill",
          type: "collect_form",
          assignTo: "role:operator",
          title: "Where?",
          schema: { type: "object", properties: { url: { type: "string" } } },
          values: { url: "${input.url}" },
        },
      ],
      edges: [],
    });
    const asking = await scene.start("asks", { url });
    await scene.reached(asking, "waiting_form");
    const form = async () =>
      (
        await scene.database.pool.query<{ id: string; known_to: string[] }>(
          "select id, known_to from waitpoints where run_id = $1",
          [readId("run", asking)],
        )
      ).rows[0];
    const path = `/api/v1/forms/${(await form())?.id ?? ""}`;
    const onlooker = await rest(scene.north.members.viewer.apiKey, "GET", path);
    expect([onlooker.status, JSON.stringify(onlooker.json).includes(token)]).toEqual([200, false]);
    expect((await form())?.known_to).toEqual([]);
    expect((await scene.call("GET", path)).json.values).toEqual({ url });
    expect((await form())?.known_to).toEqual([scene.north.members.owner.actor.userId]);
  });
});

describe("M11 what is sensitive in a run", () => {
  const canary = "kestrel-plover-heron";

  it("is hidden in the deliveries and the events that the run came from, whole for the receiver", async () => {
    const saved = await scene.call("POST", "/api/workflows", {
      slug: "secret-out",
      name: "Secret out",
      triggers: [{ id: "heard", type: "event", event: "secret.heard" }],
      spec: {
        startNodeId: "file",
        nodes: [
          {
            id: "file",
            type: "transform",
            expression: { code: "${input.code}", pin: "${input.pin}" },
            sensitive: ["code", "pin"],
          },
          {
            id: "tell",
            type: "webhook_emit",
            event: "secret.told",
            payload: {
              o: "${step.file.output.code}",
              up: "${upper(step.file.output.code)}",
              p: "${step.file.output.pin}",
              n: "plain",
            },
          },
          {
            id: "done",
            type: "end",
            message: "Closed ${input.code}",
            output: { o: "${step.file.output.code}", p: "${step.file.output.pin}" },
          },
        ],
        edges: [edge("file", "tell"), edge("tell", "done")],
      },
    });
    expect(saved.status, JSON.stringify(saved.json)).toBe(201);
    expect((await scene.call("POST", "/api/workflows/secret-out/publish")).status).toBe(200);
    const sent = await scene.call("POST", "/api/v1/events", {
      name: "secret.heard",
      data: { code: canary, pin: "12", note: "north wing" },
    });
    expect(sent.json.runs, JSON.stringify(sent.json)).toHaveLength(1);
    const runId = sent.json.runs[0].run_id;
    await scene.reached(runId, "completed");
    const { rows } = await scene.database.pool.query<{ payload: unknown }>(
      "select payload from deliveries where subject in ('secret.told', 'run.completed') and run_id = $1",
      [readId("run", runId) ?? runId],
    );
    expect(rows).toHaveLength(2);
    for (const { payload } of rows) expect(JSON.stringify(payload)).toContain(canary);
    const shown = await deliveries();
    expect(JSON.stringify(shown)).not.toMatch(/kestrel|KESTREL/);
    const told = (subject: string) =>
      shown.find(({ event, payload }) => event === subject && JSON.stringify(payload).includes("••••"));
    expect(told("secret.told")).toMatchObject({ payload: { o: "••••", up: "••••", p: "••••", n: "plain" } });
    expect(told("run.completed")).toMatchObject({
      payload: { output: { o: "••••", p: "••••" }, message: "Closed ••••", status: "completed" },
    });
    const events = await scene.call("GET", "/api/v1/events?name=secret.heard");
    expect(events.json.events).toMatchObject([{ data: { code: "••••", pin: "••••", note: "north wing" } }]);
  });
});
