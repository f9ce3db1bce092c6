import { beforeAll, describe, expect, it } from "vitest";
import { addTestMember, type TestMember } from "@/server/auth/identity.testkit";
import { actorFromApiKey } from "@/server/auth/api-key";
import { hotPool } from "@/server/db/pools";
import type { UserActor } from "@/server/db/tenant";
import { startWorkflow } from "@/server/modules/runs/service";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";
import { createCaller } from "@/server/routes/root";

const bench = useWorkflowBench();
const sql = async (text: string, values: unknown[]) => (await hotPool().query(text, values)).rows;
beforeAll(async () => {
  await bench.createLive("live", { triggers: [{ id: "hook", type: "webhook" }] });
});

let count = 0;
const admin = (): Promise<TestMember> => {
  count += 1;
  return addTestMember({
    organizationId: bench.north().id,
    role: "admin",
    email: `late-${String(count)}@north.holdpoint.test`,
  });
};
const gone: [string, string][] = [
  ["was deactivated", "update users set deactivated_at = now() where id = $1"],
  ["lost the role", "update memberships set role = 'viewer' where user_id = $1"],
  ["left", "delete from memberships where user_id = $1"],
];
const acts: [string, (actor: UserActor) => Promise<unknown>][] = [
  ["rolls back", (actor) => asActor(actor).workflows.rollback({ slug: "live", version: 1 })],
  ["publishes", (actor) => asActor(actor).workflows.publish({ slug: "live" })],
  ["switches off", (actor) => asActor(actor).workflows.setEnabled({ slug: "live", enabled: false })],
  ["switches the review off", (actor) => asActor(actor).drafts.setReviewRequired({ slug: "live", on: false })],
  [
    "gives a live webhook another address",
    (actor) => asActor(actor).triggers.rotateUrl({ slug: "live", triggerId: "hook" }),
  ],
];
const asActor = (actor: UserActor) => createCaller({ actor, requestId: "test" });

describe("H14 a process that has not heard yet does nothing sensitive", () => {
  it.each(gone.flatMap(([what, change]) => acts.map(([does, act]) => [what, does, change, act] as const)))(
    "for somebody who %s and %s",
    async (_what, _does, change, act) => {
      await sql("update workflows set review_required = $2 where slug = $1", ["live", _does.includes("review")]);
      const { actor, userId } = await admin();
      await sql(change, [userId]);
      const before = await sql("select * from workflows where slug = $1", ["live"]);
      await expect(act(actor)).rejects.toMatchObject({
        message: "Your access has changed since you signed in. Sign in again, or ask an administrator.",
      });
      expect(await sql("select * from workflows where slug = $1", ["live"])).toEqual(before);
      expect(
        await sql("select action from audit_entries where actor->>'id' = $1 and action <> 'access.refused'", [userId]),
      ).toEqual([]);
    },
  );

  it("for a key that was revoked or lost a scope, and for a sign-in that was ended", async () => {
    await sql("update workflows set review_required = false where slug = $1", ["live"]);
    for (const change of [
      "update api_keys set revoked_at = now() where user_id = $1",
      "update api_keys set scopes = '{workflows:read}' where user_id = $1",
    ]) {
      const { apiKey, userId } = await admin();
      const actor = await actorFromApiKey(`Bearer ${apiKey}`);
      await sql(change, [userId]);
      await expect(asActor(actor).workflows.retire({ slug: "live" })).rejects.toThrow(/^Your access has changed/);
    }
    const { actor, userId } = await admin();
    await sql("update user_sessions set ended_at = now() where user_id = $1", [userId]);
    await expect(asActor(actor).workflows.retire({ slug: "live" })).rejects.toThrow(/^Your access has changed/);
    expect(await sql("select status from workflows where slug = $1", ["live"])).toEqual([{ status: "active" }]);
  });

  it("and holds old versions to what the review asks for in that moment", async () => {
    const { owner } = bench.north().members;
    const start = (version?: number) =>
      startWorkflow(owner.actor, {
        workflow: "careful",
        input: {},
        triggerType: "api",
        ...(version === undefined ? {} : { version }),
      });
    await bench.createLive("careful");
    await bench.call("PATCH", "/api/workflows/careful", {
      spec: {
        startNodeId: "ask",
        nodes: [
          { id: "ask", type: "approval", assignTo: "role:owner" },
          { id: "end", type: "end" },
        ],
        edges: [{ from: "ask", to: "end", case: "approved" }],
      },
    });
    await bench.call("POST", "/api/workflows/careful/publish");
    // Remembered from here on.
    await start();
    await sql("update workflows set review_required = true where slug = $1", ["careful"]);
    await expect(start(1)).rejects.toMatchObject({ code: "review_required" });
  });
});
