import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { createRunsScene, edge, effect, type RunsScene } from "./runs.testkit";

let scene: RunsScene;

beforeAll(async () => {
  scene = await createRunsScene();
  await scene.publish("card", {
    startNodeId: "look",
    nodes: [
      effect("look", { name: "Look", path: "/card/${input.card}", sensitive: ["output.path"] }),
      effect("tell", { path: "/tell", body: { path: "${step.look.output.path}" } }),
      effect("open", { name: "Open", path: "/open" }),
    ],
    edges: [edge("look", "tell"), edge("tell", "open")],
    inputSchema: { type: "object", properties: { card: { type: "string", "x-sensitive": true } } },
  });
});
afterAll(() => scene.close());

const card = "4111-2222";

async function ran(): Promise<{ id: string; steps: Record<string, string>; text: string }> {
  const id = await scene.start("card", { card });
  const run = await scene.reached(id, "completed");
  const steps = Object.fromEntries(run.steps.map((step: { node_id: string; id: string }) => [step.node_id, step.id]));
  return { id, steps, text: JSON.stringify(run.steps) };
}
const reveal = (id: string, step: string | undefined, reason?: string, key = scene.north.members.owner.apiKey) =>
  rest(key, "POST", `/api/v1/runs/${id}/reveal`, { step_id: step ?? "", ...(reason === undefined ? {} : { reason }) });

describe("61 what a workflow hides is shown to whoever may, says why, and is on record", () => {
  it("one step, whole; the run's history and the log say who looked at what and why, and never the value", async () => {
    const { id, steps, text } = await ran();
    expect(text).not.toContain(card);
    const shown = await reveal(id, steps["look"], "The bank asks");
    expect(shown.status, JSON.stringify(shown.json)).toBe(200);
    expect(shown.json).toMatchObject({ node_id: "look", input: { path: `/card/${card}` } });
    // Also where it was only passed on.
    expect(JSON.stringify((await reveal(id, steps["tell"], "The bank asks")).json)).toContain(card);

    const { json: events } = await scene.call("GET", `/api/v1/runs/${id}/events`);
    expect(events.events).toContainEqual(
      expect.objectContaining({
        type: "run.values_revealed",
        data: { node_id: "look", name: "Look", reason: "The bank asks" },
      }),
    );
    const { json: log } = await scene.call("GET", "/api/v1/audit?action=run.values_revealed&limit=10");
    expect(log.entries).toHaveLength(2);
    expect(log.entries[1]).toMatchObject({
      data: { nodeId: "look", reason: "The bank asks" },
      actor: { name: "owner" },
    });
    expect(JSON.stringify([events, log])).not.toContain(card);
    // Everybody else, and the same person in passing, still see none of it.
    expect(JSON.stringify((await scene.call("GET", `/api/v1/runs/${id}`)).json.steps)).toBe(text);
  });

  it("not without a reason, not where nothing is hidden, not what is not there; nothing of that is on record", async () => {
    const { id, steps } = await ran();
    const before = (await scene.call("GET", "/api/v1/audit?action=run.values_revealed&limit=50")).json.entries.length;
    expect((await reveal(id, steps["look"])).status).toBe(422);
    expect((await reveal(id, steps["look"], "   ")).status).toBe(422);
    const open = await reveal(id, steps["open"], "To look");
    expect([open.status, open.json.error.message]).toEqual([409, "Nothing is hidden at “Open” that could be shown."]);
    expect((await reveal(id, "nothing", "To look")).status).toBe(404);
    const other = await ran();
    expect((await reveal(id, other.steps["look"], "To look")).status).toBe(404);
    const after = (await scene.call("GET", "/api/v1/audit?action=run.values_revealed&limit=50")).json.entries.length;
    expect(after).toBe(before);
  });

  it("by administrators of the organization alone", async () => {
    const { id, steps } = await ran();
    const { admin, builder, operator, viewer } = scene.north.members;
    for (const { apiKey } of [builder, operator, viewer])
      expect((await reveal(id, steps["look"], "To look", apiKey)).json.error.code).toBe("missing_scope");
    expect((await reveal(id, steps["look"], "To look", scene.south.members.owner.apiKey)).status).toBe(404);
    expect((await reveal(id, steps["look"], "To look", admin.apiKey)).status).toBe(200);
  });
});
