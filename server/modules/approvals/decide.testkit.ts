import { afterAll, beforeAll } from "vitest";
import { rest, type RestAnswer } from "@/server/api/rest/client.testkit";
import { addTestMember, type TestMember } from "@/server/auth/identity.testkit";
import { createRunsScene, edge, effect, type RunsScene } from "@/server/modules/runs/runs.testkit";

// Importing this sets it up: every test file has modules of its own, and so a scene of its own.
export let scene: RunsScene;

/** Holds the business role the approvals are for. */
export let manager: TestMember;

const upgrade = {
  inputSchema: { type: "object", properties: { amount: { type: "number" }, order: { type: "object" } } },
  startNodeId: "ask",
  nodes: [
    {
      id: "ask",
      type: "approval",
      actionLabel: "Manager approval required",
      assignTo: "role:manager",
      timeoutHours: 24,
      context: {
        headline: "Upgrade ${input.email} to Enterprise",
        fields: [
          { label: "Customer", value: "${input.email}" },
          { label: "Action", value: "subscription.upgrade" },
          { label: "Plan Change", value: "Pro → Enterprise" },
          { label: "Amount", value: "USD ${input.amount}/mo prorated" },
        ],
      },
      policy: {
        requesterCannotApprove: true,
        commentRequiredOn: ["rejected"],
        editable: ["input.amount", "input.order.plan"],
      },
      bindFields: ["input.amount"],
    },
    effect("bill", { path: "/bill/${input.amount}/${input.order.plan}/${input.order.id}" }),
  ],
  edges: [edge("ask", "bill", "approved")],
};

export const input = { email: "jane@acme.com", amount: 42.6, order: { id: "o1", plan: "pro" } };

beforeAll(async () => {
  scene = await createRunsScene();
  await scene.database.pool.query(
    "insert into business_roles (organization_id, slug, name) values ($1, 'manager', 'Manager')",
    [scene.north.id],
  );
  manager = await addTestMember({
    organizationId: scene.north.id,
    role: "approver",
    email: "kim@north.holdpoint.test",
    businessRoles: ["manager"],
  });
  await scene.publish("upgrade", upgrade);
  await scene.publish("noted", {
    startNodeId: "ask",
    nodes: [
      { id: "ask", type: "approval", assignTo: "role:manager" },
      {
        id: "end",
        type: "end",
        output: { by: "${step.ask.output.decidedBy.name}", for: "${step.ask.output.onBehalfOf}" },
      },
    ],
    edges: [edge("ask", "end", "approved")],
  });
  await scene.publish("plain", { startNodeId: "ask", nodes: [{ id: "ask", type: "approval" }], edges: [] });
});

afterAll(() => scene.close());

export const as = (key: string, path: string, body?: object): Promise<RestAnswer> =>
  rest(key, body ? "POST" : "GET", path, body);

export async function asked(slug = "upgrade"): Promise<{ runId: string; id: string; approval: RestAnswer["json"] }> {
  const runId = await scene.start(slug, input);
  const { approvals } = await scene.reached(runId, "waiting_approval");
  return { runId, id: approvals[0].id, approval: approvals[0] };
}
