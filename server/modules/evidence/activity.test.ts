import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCaller } from "@/server/routes/root";
import { rest } from "@/server/api/rest/client.testkit";
import type { UserActor } from "@/server/db/tenant";
import { createRunsScene, edge, effect, type RunsScene } from "@/server/modules/runs/runs.testkit";

let scene: RunsScene;
let runId: string;
const from = { "x-forwarded-for": "203.0.113.9" };
const log = (actor: UserActor) => createCaller({ actor, requestId: "test" }).audit;

beforeAll(async () => {
  scene = await createRunsScene();
  await scene.publish("refund", {
    startNodeId: "ask",
    nodes: [
      { id: "ask", type: "approval", assignTo: "role:owner", context: { headline: "Refund ${input.name}" } },
      effect("act"),
    ],
    edges: [edge("ask", "act", "approved")],
  });
  runId = await scene.start("refund", { name: "Flo" });
  const { approvals } = await scene.reached(runId, "waiting_approval");
  const { owner } = scene.north.members;
  await rest(owner.apiKey, "POST", `/api/v1/approvals/${approvals[0].id}/approve`, {}, from);
  await scene.reached(runId, "completed");
});
afterAll(() => scene.close());

describe("A18 the activity", () => {
  it("A18 tells who did what, how and from where, with the name and page of what it is about", async () => {
    const { items } = await log(scene.north.members.admin.actor).list({ action: "approval.approved" });
    expect(items).toEqual([
      expect.objectContaining({
        actor: expect.objectContaining({ name: expect.any(String) }),
        name: "Refund Flo",
        href: expect.stringMatching(/^\/inbox\?view=decided&id=/),
        address: "203.0.113.9",
        auth: "api_key",
        onBehalfOf: null,
        payload_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      }),
    ]);
    const [start] = (await log(scene.north.members.admin.actor).list({ action: "run.started" })).items;
    expect(start).toMatchObject({ name: expect.stringContaining("refund"), href: `/runs/${runId}` });
  });

  it("A18 is read by those who may read the log, and only of their own organization", async () => {
    for (const role of ["builder", "operator", "approver", "viewer"] as const)
      await expect(log(scene.north.members[role].actor).list({})).rejects.toThrow("audit:read");
    const { admin } = scene.north.members;
    const of = (actor: UserActor) => log(actor).list({ search: runId });
    expect((await of(admin.actor)).items.map(({ action }) => action)).toContain("run.started");
    expect((await of(scene.south.members.admin.actor)).items).toEqual([]);
  });

  it("A18 filters by who, what, kind and time, and searches by what it is about", async () => {
    const { admin, owner } = scene.north.members;
    const actions = async (filter: Parameters<ReturnType<typeof log>["list"]>[0]) =>
      (await log(admin.actor).list(filter)).items.map(({ action }) => action);
    // What somebody did by their key is theirs.
    expect(await actions({ person: owner.userId, subjectType: "approval" })).toEqual(["approval.approved"]);
    expect(await actions({ person: admin.userId })).toEqual([]);
    expect(await actions({ search: "refund", subjectType: "workflow" })).toContain("workflow.published");
    expect(await actions({ search: "Flo", subjectType: "approval" })).toEqual(["approval.approved"]);
    expect(await actions({ search: "100%_nobody" })).toEqual([]);
    const now = new Date(Date.now() + 60_000).toISOString();
    expect(await actions({ since: now })).toEqual([]);
    expect(await actions({ until: now, action: "approval.approved" })).toHaveLength(1);
  });

  it("A18 pages without a gap, and counts what came since", async () => {
    const { actor } = scene.north.members.admin;
    const whole = (await log(actor).list({ limit: 200 })).items.map(({ id }) => id);
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<ReturnType<typeof log>["list"]>> = await log(actor).list({ limit: 2, cursor });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(paged).toEqual(whole);
    const [newest] = (await log(actor).list({ limit: 1 })).items;
    const than = { at: newest?.at ?? "", id: newest?.id ?? "" };
    expect(await log(actor).newer({ than })).toEqual({ count: 0 });
    await scene.call("POST", "/api/v1/events", { name: "order.paid", data: {} });
    expect(await log(actor).newer({ than })).toEqual({ count: 1 });
    expect(await log(actor).newer({ than, action: "run.started" })).toEqual({ count: 0 });
    await expect(log(actor).list({ cursor: "x" })).rejects.toThrow("cursor");
  });
});
