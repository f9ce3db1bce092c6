import { createCaller } from "@/server/routes/root";
import { addTestMember, type TestMember } from "@/server/auth/identity.testkit";
import { createRunsScene, edge, effect, type RunsScene } from "@/server/modules/runs/runs.testkit";

const pay = effect("pay", { service: "bank", path: "/pay/${input.amount}/${input.order}" });
const spec = {
  inputSchema: { type: "object", properties: { amount: { type: "number" }, order: { type: "string" } } },
  startNodeId: "ask",
  nodes: [
    {
      id: "ask",
      type: "approval",
      assignTo: "role:manager",
      context: { headline: "Refund ${input.amount}" },
      policy: { requesterCannotApprove: true },
    },
    pay,
  ],
  edges: [edge("ask", "pay", "approved")],
};
/** The same without its approval. */
export const unguarded = { ...spec, startNodeId: "pay", nodes: [pay], edges: [] };
/** What is paid stands in what somebody else answered: a customer in a form, or an outside system in a call. */
const answered = (given: object, way?: string) => ({
  startNodeId: "given",
  nodes: [
    { id: "given", ...given },
    { ...spec.nodes[0], context: { headline: "Refund ${step.given.output.amount}" } },
    effect("pay", { service: "bank", path: "/pay/${step.given.output.amount}/${step.given.output.order}" }),
  ],
  edges: [edge("given", "ask", way), edge("ask", "pay", "approved")],
});
const fields = { ...spec.inputSchema, required: ["amount", "order"] };

/** Workflows that refund what was approved, all under review, and two who are asked to approve. */
export interface Refunds {
  scene: RunsScene;
  builder: TestMember;
  colleague: TestMember;
  /** The token of the public form that asks for one. */
  form: string;
}

export async function createRefunds(): Promise<Refunds> {
  const scene = await createRunsScene();
  const { pool } = scene.database;
  await pool.query("insert into business_roles (organization_id, slug, name) values ($1, 'manager', 'Manager')", [
    scene.north.id,
  ]);
  await pool.query(
    `insert into connections (id, organization_id, slug, connector, name, base_url, auth_type, is_live, updated_at)
     select gen_random_uuid(), organization_id, 'bank', 'http', 'The bank', base_url, 'none', true, now() from connections where slug = 'echo'`,
  );
  const manager = (role: "builder" | "approver") =>
    addTestMember({
      organizationId: scene.north.id,
      role,
      email: `${role}2@north.holdpoint.test`,
      businessRoles: ["manager"],
    });
  const [builder, colleague] = [await manager("builder"), await manager("approver")];
  await scene.publish("refund", spec, {
    triggers: [
      { id: "manual", type: "manual" },
      { id: "hook", type: "webhook" },
      { id: "form", type: "form" },
      { id: "wish", type: "event", event: "refund.wished" },
    ],
  });
  await scene.publish(
    "promise",
    answered({ type: "collect_form", deliverTo: "conversation", schema: fields }, "submitted"),
    {
      triggers: [{ id: "open", type: "event", event: "conversation.opened" }],
    },
  );
  await scene.publish("called", answered({ type: "wait", callback: true }));
  await scene.publish("spare", spec);
  await pool.query("update workflows set review_required = true");
  const { triggers } = await createCaller({ actor: builder.actor, requestId: "test" }).triggers.state({
    slug: "refund",
  });
  const form = triggers.find(({ triggerId }) => triggerId === "form")?.url?.split("/f/")[1] ?? "";
  return { scene, builder, colleague, form };
}
