import { afterAll, beforeAll, expect, it } from "vitest";
import { edge, effect } from "@/server/modules/runs/runs.testkit";
import { rest } from "@/server/api/rest/client.testkit";
import { rehearse, startTest } from "./service";
import { createTestingScene } from "./testing.testkit";

let scene: Awaited<ReturnType<typeof createTestingScene>>;

beforeAll(async () => {
  scene = await createTestingScene();
  await scene.rows(
    `insert into connections (id, organization_id, slug, connector, name, base_url, auth_type, is_live, updated_at)
     select gen_random_uuid(), organization_id, 'bank', 'http', 'The bank', base_url, 'none', true, now() from connections where slug = 'echo'`,
  );
});
afterAll(() => scene.close());

const admin = () => scene.north.members.admin.actor;
const plain = (path: string) => ({ startNodeId: "pay", nodes: [effect("pay", { service: "bank", path })], edges: [] });
const guarded = (path: string) => ({
  startNodeId: "ask",
  nodes: [{ id: "ask", type: "approval", assignTo: "role:operator" }, effect("pay", { service: "bank", path })],
  edges: [edge("ask", "pay", "approved")],
});
const testLive = (actor: Parameters<typeof startTest>[0], slug: string) =>
  startTest(actor, { slug, input: {}, allowLive: true });

it("H9 a test calls live connections for those who have the right to, and for nobody else", async () => {
  await scene.workflow("plain", plain("/h9-plain"));
  await expect(testLive(scene.tester.actor, "plain")).rejects.toMatchObject({ code: "missing_scope" });
  const started = await testLive(admin(), "plain");
  if (!started.started) throw new Error("the test asked again");
  expect((await scene.ended(started.runId))["status"]).toBe("completed");
  expect(scene.called.filter((path) => path === "/h9-plain")).toHaveLength(1);
});

it("H4 whoever may not test with live connections answers for nobody who does", async () => {
  const schema = { type: "object", properties: { amount: { type: "number" } } };
  await scene.workflow("filled", {
    startNodeId: "fill",
    nodes: [
      { id: "fill", type: "collect_form", assignTo: "role:operator", schema },
      effect("pay", { service: "bank", path: "/h4/${step.fill.output.amount}" }),
    ],
    edges: [edge("fill", "pay", "submitted")],
  });
  const started = await testLive(admin(), "filled");
  if (!started.started) throw new Error("the test asked again");
  const { id: waitpointId } = await scene.waitpoint(started.runId, "fill");
  const act = { type: "answer" as const, outcome: "submitted", values: { amount: 99 } };
  const rehearsal = { runId: started.runId, waitpointId, act };
  await expect(rehearse(scene.tester.actor, rehearsal)).rejects.toMatchObject({ code: "forbidden" });
  expect(scene.called).not.toContain("/h4/99");
  await rehearse(admin(), { ...rehearsal, act: { ...act, values: { amount: 1 } } });
  expect((await scene.ended(started.runId))["status"]).toBe("completed");
});

it("H9 nothing live is called behind an approval that the tester answered, whoever tests", async () => {
  await scene.workflow("guarded", guarded("/h9-guarded"));
  const started = await testLive(admin(), "guarded");
  if (!started.started) throw new Error("the test asked again");
  const { id } = await scene.waitpoint(started.runId, "ask");
  await rest(scene.north.members.admin.apiKey, "POST", `/api/v1/approvals/${id}/approve`, {});
  expect(await scene.ended(started.runId)).toMatchObject({ status: "failed", error: { code: "live_connection" } });
  expect(scene.called).not.toContain("/h9-guarded");
});

it("H9 where review is required a draft that nobody reviewed calls nothing live", async () => {
  const id = await scene.workflow("reviewed", guarded("/h9-reviewed"));
  await scene.call("POST", "/api/workflows/reviewed/publish");
  await scene.rows("update workflows set review_required = true where id = $1", [id]);
  expect(await testLive(admin(), "reviewed")).toMatchObject({ started: true });
  await scene.putDraft(id, plain("/h9-reviewed"));
  await expect(testLive(admin(), "reviewed")).rejects.toMatchObject({ code: "conflict" });
  expect(scene.called).not.toContain("/h9-reviewed");
});

it("H9 only owners and admins say that a connection is not live any more, and the log has before and after", async () => {
  const patch = (role: "builder" | "admin", isLive: boolean) =>
    rest(scene.north.members[role].apiKey, "PATCH", "/api/v1/connections/bank", { is_live: isLive });
  expect(await patch("builder", false)).toMatchObject({ status: 403, json: { error: { code: "missing_scope" } } });
  expect((await patch("builder", true)).status).toBe(200);
  expect((await patch("admin", false)).status).toBe(200);
  const [entry] = await scene.rows<{ data: object }>(
    "select data from audit_entries where action = 'connection.updated' order by id desc limit 1",
  );
  expect(entry?.data).toMatchObject({ before: { isLive: true }, after: { isLive: false } });
});
