import { afterAll, beforeAll } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { addTestMember, type TestMember } from "@/server/auth/identity.testkit";
import { createRunsScene, effect, edge, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { triggersState } from "@/server/modules/triggers/service";

// Importing this sets it up: every test file has modules of its own, and so a scene of its own.
export let scene: RunsScene;
export let first: TestMember;
export let second: TestMember;
export let third: TestMember;
export let tokens: ReadonlyMap<string, string>;

export const input = { email: "typed@acme.com", amount: 5 };

beforeAll(async () => {
  scene = await createRunsScene();
  await scene.database.pool.query(
    "insert into business_roles (organization_id, slug, name) values ($1, 'manager', 'Manager')",
    [scene.north.id],
  );
  const manager = (name: string) =>
    addTestMember({
      organizationId: scene.north.id,
      role: "owner",
      email: `${name}@north.holdpoint.test`,
      businessRoles: ["manager"],
    });
  [first, second, third] = [await manager("first"), await manager("second"), await manager("third")];
  await scene.publish(
    "refund",
    {
      inputSchema: {
        type: "object",
        properties: { email: { type: "string", format: "email" }, amount: { type: "number" } },
      },
      startNodeId: "ask",
      nodes: [
        {
          id: "ask",
          type: "approval",
          assignTo: "role:manager",
          policy: { requesterCannotApprove: true, editable: ["input.amount"] },
        },
        effect("pay", { path: "/pay/${input.amount}" }),
      ],
      edges: [edge("ask", "pay", "approved")],
    },
    {
      triggers: [
        { id: "manual", type: "manual" },
        { id: "hook", type: "webhook" },
        { id: "form", type: "form" },
        { id: "wish", type: "event", event: "refund.wished" },
      ],
    },
  );
  const { triggers } = await triggersState(first.actor, "refund");
  tokens = new Map(
    triggers.flatMap(({ triggerId: id, url }) => (url ? [[id, url.split("/").at(-1) ?? ""] as const] : [])),
  );
});

afterAll(() => scene.close());

export const decide = (member: TestMember, id: string, verb = "approve", body: object = {}) =>
  rest(member.apiKey, "POST", `/api/v1/approvals/${id}/${verb}`, body);
