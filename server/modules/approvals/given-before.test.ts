import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRunsScene, edge, effect, type RunsScene } from "@/server/modules/runs/runs.testkit";

let scene: RunsScene;

beforeAll(async () => {
  scene = await createRunsScene();
  scene.broken.add("/pay/150");
  for (const [slug, context] of Object.entries({
    pays: {
      headline: "Pay $${input.amount}",
      fields: [{ label: "To be paid", value: "${input.amount}" }, "input.who"],
    },
    "names-nothing": { headline: "Pay it" },
  }))
    await scene.publish(slug, {
      inputSchema: { type: "object", properties: { amount: { type: "number" }, who: { type: "string" } } },
      startNodeId: "prepare",
      nodes: [
        { id: "prepare", type: "transform", expression: { amount: "${input.amount}" } },
        { id: "ask", type: "approval", assignTo: "role:owner", context },
        effect("pay", { path: "/pay/${input.amount}" }),
      ],
      edges: [edge("prepare", "ask"), edge("ask", "pay", "approved")],
    });
});
afterAll(() => scene.close());

const post = (path: string, body: object = {}) => scene.call("POST", path, body);

/** Approved as it was asked, and failed in what follows. */
async function failedAfterApproval(slug: string): Promise<string> {
  const id = await scene.start(slug, { amount: 150, who: "Jane" });
  const { approvals } = await scene.reached(id, "waiting_approval");
  expect(approvals[0]).toMatchObject({ approved_before: null, changed: [] });
  await post(`/api/v1/approvals/${approvals[0].id}/approve`);
  await scene.reached(id, "failed");
  return id;
}

async function askedAgain(id: string, patch?: object) {
  await post(`/api/v1/runs/${id}/retry`, { from_step: "prepare", ...(patch && { patch }) });
  const { approvals } = await scene.reached(id, "waiting_approval");
  return approvals.at(-1);
}

describe("A35 a run that went back to before an approval asks for it again", () => {
  it("says who approved it, that something was called since, and what is not any more as it was", async () => {
    const id = await failedAfterApproval("pays");
    const again = await askedAgain(id, { amount: 200 });
    expect(again).toMatchObject({
      status: "pending",
      approved_before: { run_id: id, by: "owner", happened: true },
      changed: [{ path: "To be paid", label: "To be paid", was: "150", now: "200" }],
    });
    await post(`/api/v1/approvals/${again.id}/approve`);
    const { approvals } = await scene.reached(id, "completed");
    // The first one is told as it was.
    expect(approvals[0]).toMatchObject({ status: "approved", approved_before: null, changed: [] });
  });

  it("compares what the run was given where the card names nothing", async () => {
    const again = await askedAgain(await failedAfterApproval("names-nothing"), { amount: 200 });
    expect(again).toMatchObject({
      approved_before: { by: "owner" },
      changed: [{ path: "input.amount", was: 150, now: 200 }],
    });
  });

  it("says so too where nothing has changed", async () => {
    const again = await askedAgain(await failedAfterApproval("pays"));
    expect(again).toMatchObject({ approved_before: { by: "owner" }, changed: [] });
  });
});
