import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readId } from "@/core/ids";
import { permissionRoles, roleScopes } from "@/core/permissions";
import { effect } from "@/server/modules/runs/runs.testkit";
import { createRepairsScene, type RepairsScene } from "./repairs.testkit";

let scene: RepairsScene;

beforeAll(async () => {
  scene = await createRepairsScene();
});
afterAll(() => scene.close());

const uuid = (id: string): string => readId("run", id) ?? id;
const rows = async (id: string): Promise<{ status: string; assignees: string[] }[]> =>
  (await scene.database.pool.query("select status, assignees from repairs where run_id = $1", [uuid(id)])).rows;
const ref = (role: "owner" | "admin" | "builder"): string => `user:${scene.north.members[role].userId}`;

describe("53 a failed run that needs a choice stands in the inbox", () => {
  it("of the workflow's owner: in the list, the count and the search, with the cause; of nobody else", async () => {
    const { admin, viewer } = scene.north.members;
    const before = await scene.count(scene.owner);
    const id = await scene.pay(7);
    const [item] = await scene.waiting(scene.owner);
    expect(item).toMatchObject({
      id: uuid(id),
      status: "open",
      headline: "“Pay” failed",
      detail: expect.stringContaining("500") as string,
      assignTo: ["owner"],
      alike: 0,
      canAnswer: true,
    });
    expect(await scene.count(scene.owner)).toBe(before + 1);
    for (const search of ["pay", "PAY"]) expect(await scene.waiting(scene.owner, search)).toHaveLength(1);
    expect(await scene.waiting(scene.owner, "nowhere")).toEqual([]);
    for (const actor of [admin.actor, scene.south.members.owner.actor]) expect(await scene.waiting(actor)).toEqual([]);
    expect(await scene.open(viewer.actor, id)).toMatchObject({
      canAnswer: false,
      cannotAnswerReason: "Your role may look, not retry runs. An operator, a builder or an administrator can.",
      fix: null,
    });
    await expect(scene.open(scene.south.members.owner.actor, id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("unfolded: what it was given, its tries, what is kept, and what can be corrected", async () => {
    const id = await scene.pay(8);
    expect(await scene.open(scene.owner, id)).toMatchObject({
      step: { name: "Pay", attempts: [{ n: 1, status: "failed" }] },
      steps: expect.arrayContaining([expect.objectContaining({ type: "approval", status: "completed" })]) as unknown,
      fix: {
        values: { amount: 8 },
        hidden: [],
        whole: false,
        schema: { properties: { amount: {} }, required: ["amount"] },
      },
      triedBefore: null,
      skipRefused: null,
      round: null,
    });
    const { fix } = await scene.open(scene.owner, id);
    expect(Object.keys((fix?.schema["properties"] ?? {}) as object)).toEqual(["amount"]);
  });

  it("and none that went well, was cancelled, rejected, ended as failed by its author, or was a test", async () => {
    await scene.publish("stops", {
      startNodeId: "end",
      nodes: [{ id: "end", type: "end", status: "failed", message: "Not today" }],
      edges: [],
    });
    const [well, stopped] = [await scene.pay(1, "completed"), await scene.start("stops")];
    await scene.reached(stopped, "failed");
    const rejected = await scene.start("pay", { amount: 2 });
    const { approvals } = await scene.reached(rejected, "waiting_approval");
    await scene.call("POST", `/api/v1/approvals/${approvals[0].id}/reject`, { comment: "no" });
    await scene.reached(rejected, "failed");
    const cancelled = await scene.start("pay", { amount: 2 });
    await scene.reached(cancelled, "waiting_approval");
    await scene.call("POST", `/api/v1/runs/${cancelled}/cancel`);
    for (const id of [well, stopped, rejected, cancelled]) expect(await rows(id)).toEqual([]);
    const tested = await scene.pay(3);
    await scene.database.pool.query("delete from repairs where run_id = $1", [uuid(tested)]);
    await scene.database.pool.query("update runs set test = true where id = $1", [uuid(tested)]);
    await scene.database.pool.query("select put_repairs(array[$1::uuid])", [uuid(tested)]);
    expect(await rows(tested)).toEqual([]);
  });

  it("a run that no driver can carry on is one as well, without a step", async () => {
    const id = await scene.start("pay", { amount: 5 });
    await scene.reached(id, "waiting_approval");
    await scene.database.pool.query("select run_give_up(r, 'driver_failed') from runs r where id = $1", [uuid(id)]);
    expect(await scene.open(scene.owner, id)).toMatchObject({
      headline: "The run stopped",
      step: null,
      fix: null,
      skipRefused: "It was no step that failed, so there is none to skip.",
    });
  });
});

describe("who is asked", () => {
  it("is who may control runs, as the permissions say", async () => {
    const { rows: found } = await scene.database.pool.query("select repairing_roles() as roles");
    expect(found[0].roles).toEqual(permissionRoles.filter((role) => roleScopes[role].includes("runs:control")));
  });

  it("follows the owner, and falls to owners and administrators while that one may not", async () => {
    const { builder } = scene.north.members;
    await scene.publish("others", {
      startNodeId: "act",
      nodes: [effect("act", { path: "/others" })],
      edges: [],
    });
    scene.broken.add("/others");
    const id = await scene.start("others");
    await scene.reached(id, "failed");
    const asked = async () => (await rows(id))[0]?.assignees.toSorted();
    expect(await asked()).toEqual([ref("owner")]);
    const set = (text: string, values: unknown[]) => scene.database.pool.query(text, values);
    await set("update workflows set owner_id = $1 where slug = 'others'", [builder.userId]);
    expect(await asked()).toEqual([ref("builder")]);
    await set("update memberships set role = 'viewer' where user_id = $1", [builder.userId]);
    expect(await asked()).toEqual([ref("owner"), ref("admin")].toSorted());
    await set("update memberships set role = 'builder' where user_id = $1", [builder.userId]);
    expect(await asked()).toEqual([ref("builder")]);
    await set("update users set deactivated_at = now() where id = $1", [builder.userId]);
    expect(await asked()).toEqual([ref("owner"), ref("admin")].toSorted());
    // One that fails only now.
    const later = await scene.start("others");
    await scene.reached(later, "failed");
    expect((await rows(later))[0]?.assignees.toSorted()).toEqual([ref("owner"), ref("admin")].toSorted());
    await set("update users set deactivated_at = null where id = $1", [builder.userId]);
    expect(await asked()).toEqual([ref("builder")]);
  });
});
