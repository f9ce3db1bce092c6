import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { searchRuns } from "./search-store";
import { createRunsScene, edge, effect, type RunsScene } from "./runs.testkit";

const ssn = "900-77-3456";
const marked = { type: "string", "x-sensitive": true };
let scene: RunsScene;

beforeAll(async () => {
  scene = await createRunsScene();
  await scene.publish("marked", {
    startNodeId: "copy",
    inputSchema: { type: "object", properties: { ssn: marked, pin: marked, email: { type: "string" } } },
    nodes: [
      { id: "copy", type: "transform", expression: { said: "Number ${ssn}", pin: "${input.pin}" } },
      effect("tell", { body: { number: "${step.copy.output.said}" } }),
      {
        id: "fill",
        type: "collect_form",
        assignTo: "role:operator",
        title: "Your code",
        schema: { type: "object", properties: { code: marked, plan: { type: "string" } } },
      },
      { id: "done", type: "end", message: "Closed ${ssn}", output: { code: "${step.fill.output.code}" } },
    ],
    edges: [edge("copy", "tell"), edge("tell", "fill"), edge("fill", "done", "submitted")],
  });
});
afterAll(() => scene.close());

describe("61 M11 what a schema marks", () => {
  it("is hidden wherever it turns up in a run, and not found by looking for it", async () => {
    const id = await scene.start("marked", { ssn, pin: "12", email: "rita@north.test" });
    const waiting = await scene.reached(id, "waiting_form");
    expect(waiting.input).toEqual({ ssn: "••••", pin: "••••", email: "rita@north.test" });
    const { rows } = await scene.database.pool.query<{ id: string }>(
      "select w.id from waitpoints w join runs r on r.id = w.run_id where w.kind = 'form' and r.input->>'ssn' = $1",
      [ssn],
    );
    const answered = await rest(
      scene.north.members.operator.apiKey,
      "POST",
      `/api/v1/forms/${rows[0]?.id ?? ""}/submit`,
      { values: { code: "4711-secret", plan: "pro" } },
    );
    expect(answered.status, JSON.stringify(answered.json)).toBeLessThan(300);
    const ended = await scene.reached(id, "completed");
    expect(ended).toMatchObject({ message: "Closed ••••", output: { code: "••••" } });
    const parts = await Promise.all(
      [`runs/${id}`, `runs/${id}/steps`, `runs/${id}/events`, `runs/${id}/receipts`, "runs", "audit"].map(
        async (path) => [path, await scene.call("GET", `/api/v1/${path}`)] as const,
      ),
    );
    for (const [path, { status, json }] of parts) {
      expect(status, path).toBe(200);
      for (const secret of [ssn, "4711-secret"]) expect(JSON.stringify(json), path).not.toContain(secret);
    }
    // What stands beside it stays.
    expect(JSON.stringify(parts[0]?.[1].json)).toContain('"plan":"pro"');
    const { organizationId } = scene.north.members.owner.actor;
    for (const text of [ssn, "rita@north.test"]) expect(await searchRuns(organizationId, text), text).toEqual([]);
    expect(await searchRuns(organizationId, id)).toHaveLength(1);
  });
});
