import { afterAll, beforeAll, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { searchRuns } from "./search-store";
import { createRunsScene, edge, effect, type RunsScene } from "./runs.testkit";

let scene: RunsScene;
beforeAll(async () => {
  scene = await createRunsScene();
});
afterAll(() => scene.close());

const ssn = "900-12-3456";

it("H8 M11 a form shows what is sensitive to whom it asks, and to nobody who looks on", async () => {
  await scene.publish("asking", {
    startNodeId: "file",
    nodes: [
      { id: "file", type: "transform", expression: { ssn: "${input.ssn}" }, sensitive: ["ssn"] },
      {
        id: "fill",
        type: "collect_form",
        assignTo: "role:operator",
        title: "Check ${input.ssn}",
        schema: { type: "object", properties: { ssn: { type: "string" } } },
        values: { ssn: "${step.file.output.ssn}" },
      },
    ],
    edges: [edge("file", "fill")],
  });
  const id = await scene.start("asking", { ssn });
  await scene.reached(id, "waiting_form");
  const { rows } = await scene.database.pool.query<{ id: string }>(
    "select w.id from waitpoints w join runs r on r.id = w.run_id where w.kind = 'form' and r.input->>'ssn' = $1 order by w.id desc limit 1",
    [ssn],
  );
  const seenBy = async (role: "viewer" | "operator") =>
    JSON.stringify((await rest(scene.north.members[role].apiKey, "GET", `/api/v1/forms/${rows[0]?.id ?? ""}`)).json);
  expect(await seenBy("viewer")).toContain("••••");
  expect(await seenBy("viewer")).not.toContain(ssn);
  expect(await seenBy("operator")).toContain(ssn);
});

it("B-41 M11 what one step calls sensitive is hidden wherever it turns up in its run, and not found by looking for it", async () => {
  await scene.publish("secretive", {
    startNodeId: "file",
    nodes: [
      {
        id: "file",
        type: "transform",
        expression: { ssn: "${input.ssn}", pin: "${input.pin}" },
        sensitive: ["ssn", "pin"],
      },
      { id: "copy", type: "transform", expression: { said: "Number ${step.file.output.ssn}" } },
      effect("tell", { body: { number: "${step.copy.output.said}" } }),
      {
        id: "ask",
        type: "approval",
        assignTo: "owner@north.holdpoint.test",
        actionLabel: "Close the file of ${input.ssn}?",
        context: { fields: [{ label: "Number", value: "${input.ssn}" }] },
      },
      { id: "done", type: "end", message: "Closed ${input.ssn}", output: { ssn: "${input.ssn}" } },
    ],
    edges: [edge("file", "copy"), edge("copy", "tell"), edge("tell", "ask"), edge("ask", "done", "approved")],
  });
  const id = await scene.start("secretive", { id: ssn, ssn, pin: "12", order: "A 12" });
  const run = await scene.reached(id, "waiting_approval");
  expect(JSON.stringify(run)).not.toContain(ssn);
  const steps = new Map<string, { output: unknown }>(
    run.steps.map((step: { node_id: string; output: unknown }) => [step.node_id, step]),
  );
  expect(steps.get("copy")?.output).toEqual({ said: "Number ••••" });
  // Too short to be looked for everywhere: hidden where it stands alone.
  expect(steps.get("file")?.output).toMatchObject({ pin: "••••" });
  expect(run.input).toMatchObject({ order: "A 12" });
  const [approval] = run.approvals;
  expect(approval.fields).toEqual([{ label: "Number", value: "••••" }]);
  for (const path of ["events", "receipts", "steps"]) {
    const part = await scene.call("GET", `/api/v1/runs/${id}/${path}`);
    expect(part, JSON.stringify(part.json)).toMatchObject({ status: 200 });
    expect(JSON.stringify(part.json), path).not.toContain(ssn);
  }
  const list = await scene.call("GET", "/api/v1/approvals");
  expect(JSON.stringify(list.json)).not.toContain(ssn);
  await rest(scene.north.members.owner.apiKey, "POST", `/api/v1/approvals/${approval.id}/approve`, {});
  const ended = await scene.reached(id, "completed");
  expect(JSON.stringify(ended)).not.toContain(ssn);
  expect(await searchRuns(scene.north.members.owner.actor.organizationId, ssn)).toEqual([]);
  expect(await searchRuns(scene.north.members.owner.actor.organizationId, id)).toHaveLength(1);
  expect(ended).toMatchObject({ message: "Closed ••••", output: { ssn: "••••" } });
});
