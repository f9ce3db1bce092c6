import { describe, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { createCaller } from "@/server/routes/root";
import { hotPool } from "@/server/db/pools";
import { callsWritten } from "@/server/modules/webhooks/service";
import { post } from "@/server/modules/webhooks/webhooks.testkit";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";
import { triggersApi } from "./triggers.testkit";

const bench = useWorkflowBench();
const api = () => triggersApi(bench.north().members.owner.actor);
const hook = { triggers: [{ id: "hook", type: "webhook" }] };
const state = async (slug: string) => (await api().state({ slug })).triggers[0];
const url = async (slug: string): Promise<string> => (await state(slug))?.url ?? "";
const calls = async (slug: string) => {
  await callsWritten();
  return (await api().calls({ slug, triggerId: "hook" })).items;
};
const runsOf = async (slug: string) =>
  (await bench.call("GET", `/api/workflows/${slug}/executions`)).json.data.executions;

describe("M-16 calls of a webhook", () => {
  it("are all kept with what was answered: taken, not JSON, wrong shape, wrong signature, not published", async () => {
    await bench.create("kept", hook);
    const address = await url("kept");
    await post(address, '{"n":0}');
    await bench.call("POST", "/api/workflows/kept/publish");
    await post(address, '{"n":1}');
    await post(address, "{");
    await post(address, "[1]");
    await api().setSecret({ slug: "kept", triggerId: "hook", secret: "a-long-secret" });
    await post(address, '{"n":2}');
    expect((await calls("kept")).map(({ status, body, message }) => [status, body, message === null])).toEqual([
      [401, { n: 2 }, false],
      [422, [1], false],
      [400, "{", false],
      [202, { n: 1 }, true],
      [409, { n: 0 }, false],
    ]);
    expect(await runsOf("kept")).toHaveLength(1);
  });

  it("are kept without a body above 64 KB, are nobody else's to read, and never delay an answer for the record", async () => {
    await bench.createLive("large", hook);
    const answer = await post(await url("large"), JSON.stringify({ text: "x".repeat(70_000) }));
    expect(answer.status).toBe(202);
    expect(await calls("large")).toMatchObject([{ status: 202, body: null, runId: answer.json.run_id }]);
    const south = triggersApi(bench.south().members.owner.actor);
    await expect(south.calls({ slug: "large", triggerId: "hook" })).rejects.toThrow("no such workflow");
    await expect(
      triggersApi(bench.north().members.viewer.actor).calls({ slug: "large", triggerId: "hook" }),
    ).rejects.toThrow("webhooks:read");
  });

  it("that were refused can be driven again, once, here or as an event", async () => {
    await bench.create("redriven", {
      ...hook,
      triggers: [{ id: "hook", type: "webhook", input: { seen: "${trigger.n}" } }],
    });
    await post(await url("redriven"), '{"n": 7}');
    const [held] = await calls("redriven");
    const callId = held?.id ?? "";
    await expect(api().redrive({ slug: "redriven", callId })).rejects.toThrow("does not have this webhook");
    await bench.call("POST", "/api/workflows/redriven/publish");
    const { runId } = await api().redrive({ slug: "redriven", callId });
    expect((await api().redrive({ slug: "redriven", callId })).runId).toBe(runId);
    expect((await bench.call("POST", `/api/v1/events/${callId}/redrive`)).json.runs).toMatchObject([{ run_id: runId }]);
    expect(await runsOf("redriven")).toHaveLength(1);
    expect((await calls("redriven"))[0]).toMatchObject({ status: 409, runId });
  });

  it("over the concurrency limit: queue drops none, skip answers 409", async () => {
    const spec = { startNodeId: "wait", nodes: [{ id: "wait", type: "wait", duration: "PT1H" }], edges: [] };
    for (const whenFull of ["queue", "skip"]) {
      const slug = `full-${whenFull}`;
      await bench.createLive(slug, { ...hook, spec, config: { concurrency: { limit: 1, whenFull } } });
      const address = await url(slug);
      const answers = [await post(address, "{}"), await post(address, "{}")];
      expect(answers.map(({ status }) => status)).toEqual(whenFull === "queue" ? [202, 202] : [202, 409]);
      expect((await calls(slug)).map(({ status }) => status)).toEqual(whenFull === "queue" ? [202, 202] : [409, 202]);
    }
  });
});

describe("M-17 the secret of a webhook", () => {
  it("is sealed, never shown again, in the audit log without its text, and can be taken away", async () => {
    await bench.createLive("secret", hook);
    const address = await url("secret");
    await api().setSecret({ slug: "secret", triggerId: "hook", secret: "whsec_dGhlLXZlcnktc2VjcmV0LXRleHQ=" });
    expect((await post(address, "{}")).status).toBe(401);
    expect(await state("secret")).toMatchObject({ hasSecret: true });
    const dump = await hotPool().query(
      "select to_jsonb(t) as row from active_triggers t union all select to_jsonb(a) from audit_entries a",
    );
    expect(JSON.stringify(dump.rows)).not.toContain("dGhlLXZlcnktc2VjcmV0");
    expect(JSON.stringify(dump.rows)).toContain("webhook.secret_set");
    await api().setSecret({ slug: "secret", triggerId: "hook", secret: null });
    expect((await post(address, "{}")).status).toBe(401);
  });

  it("a call that proves nothing tells its owner why, and its sender only that", async () => {
    await bench.createLive("unproven", { triggers: [{ id: "hook", type: "webhook", callers: "signed" }] });
    const address = await url("unproven");
    await post(address, "{}");
    await api().setSecret({ slug: "unproven", triggerId: "hook", secret: "a-long-secret" });
    const answers = [
      await post(address, "{}"),
      await post(address, "{}", { "x-webhook-secret": "another" }),
      await post(address, "{}", { "stripe-signature": "t=1,v1=00" }),
    ];
    expect(new Set(answers.map(({ json }) => json.error.message)).size).toBe(1);
    expect((await calls("unproven")).map(({ status, message }) => [status, message])).toEqual([
      [401, expect.stringMatching(/signed \d+ seconds before it came/)],
      [401, expect.stringContaining("The proof in x-webhook-secret does not fit")],
      [401, expect.stringContaining("The call has no proof: none of the headers")],
      [401, expect.stringContaining("has no secret yet")],
    ]);
  });

  it("a test call is signed with it and goes the way of any call", async () => {
    await bench.createLive("tested", hook);
    expect(await api().sendTest({ slug: "tested", triggerId: "hook", body: { x: 1 } })).toMatchObject({ status: 202 });
    for (const secret of ["plain-text-secret", "whsec_dGhlLXZlcnktc2VjcmV0LXRleHQ="]) {
      await api().setSecret({ slug: "tested", triggerId: "hook", secret });
      expect(await api().sendTest({ slug: "tested", triggerId: "hook", body: { x: 1 } })).toMatchObject({
        status: 202,
        runId: expect.any(String),
      });
    }
    expect(await runsOf("tested")).toHaveLength(3);
    expect(await api().sendTest({ slug: "tested", triggerId: "hook", body: [1] })).toMatchObject({
      status: 422,
      runId: null,
    });
  });
});

describe("the address of a trigger", () => {
  it("L20 is made when the draft is saved; looking at the triggers writes nothing", async () => {
    await bench.create("looked-at", hook);
    const counted = "select count(*)::int as rows from active_triggers t join workflows w on w.id = t.workflow_id";
    const rows = async () => (await hotPool().query(`${counted} where w.slug = 'looked-at'`)).rows[0].rows;
    expect(await rows()).toBe(1);
    await hotPool().query(
      "delete from active_triggers t using workflows w where w.id = t.workflow_id and w.slug = 'looked-at'",
    );
    expect(await state("looked-at")).toMatchObject({ url: null });
    expect(await rows()).toBe(0);
  });

  it("is there from the draft on, only for those who may change the workflow, and can be replaced", async () => {
    await bench.create("rotated", hook);
    const before = await url("rotated");
    expect(before).toMatch(/\/api\/hooks\/[\w-]{32}$/);
    const viewer = await triggersApi(bench.north().members.viewer.actor).state({ slug: "rotated" });
    expect(viewer.triggers[0]).toMatchObject({ url: null, live: "no" });
    expect(await state("rotated")).toMatchObject({ live: "no" });
    await bench.call("POST", "/api/workflows/rotated/publish");
    expect(await state("rotated")).toMatchObject({ live: "yes", url: before });
    await api().rotateUrl({ slug: "rotated", triggerId: "hook" });
    const after = await url("rotated");
    expect(after).not.toBe(before);
    expect([(await post(before, "{}")).status, (await post(after, "{}")).status]).toEqual([404, 202]);
  });

  it("of a trigger that only the draft has outlives a publish of something else", async () => {
    await bench.createLive("drafted", hook);
    const { drafts } = createCaller({ actor: bench.north().members.owner.actor, requestId: "test" });
    await drafts.applyBatch({
      slug: "drafted",
      clientId: "tab",
      batchId: newId(),
      baseRevision: 0,
      operations: [
        { op: "put_trigger", trigger: { id: "hook", type: "webhook", label: "Shop" } },
        { op: "put_trigger", trigger: { id: "second", type: "webhook" } },
      ],
    });
    const { triggers } = await api().state({ slug: "drafted" });
    expect(triggers.map(({ live }) => live)).toEqual(["changed", "no"]);
    const drafted = triggers[1]?.url;
    expect(drafted).toBeTruthy();
    await bench.call("POST", "/api/workflows/drafted/rollback", { version: 1 });
    expect((await api().state({ slug: "drafted" })).triggers[1]?.url).toBe(drafted);
    expect((await post(drafted ?? "", "{}")).json.error.code).toBe("workflow_draft");
  });
});

it("M-15 the last events of a name say what this workflow made of each", async () => {
  await bench.createLive("listening", {
    triggers: [{ id: "event", type: "event", event: "customer.created", filter: "trigger.plan == 'pro'" }],
  });
  const sent = await api().sendTestEvent({ name: "contact.created", data: { plan: "pro" } });
  await api().sendTestEvent({ name: "customer.created", data: { plan: "free" } });
  expect(sent.started).toMatchObject([{ workflow: "listening" }]);
  const { items } = await api().recentEvents({ slug: "listening", event: "customer.created" });
  expect(items.map(({ name, outcome }) => [name, outcome.kind])).toEqual([
    ["customer.created", "not_for_this"],
    ["contact.created", "started"],
  ]);
});
