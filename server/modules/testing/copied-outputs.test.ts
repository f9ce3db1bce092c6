import { afterAll, beforeAll, expect, it } from "vitest";
import { edge, effect } from "@/server/modules/runs/runs.testkit";
import { pin, unpin } from "./service";
import { createTestingScene } from "./testing.testkit";

let scene: Awaited<ReturnType<typeof createTestingScene>>;
beforeAll(async () => {
  scene = await createTestingScene();
});
afterAll(() => scene.close());

it("M11 a run from a step copies nothing that the earlier run calls sensitive", async () => {
  const spec = {
    startNodeId: "file",
    nodes: [
      {
        id: "file",
        type: "transform",
        expression: { ssn: "${input.ssn}", pin: "${input.pin}" },
        sensitive: ["ssn", "pin"],
      },
      { id: "ask", type: "approval", assignTo: "role:owner" },
      effect("tell", { path: "/tell" }),
    ],
    edges: [edge("file", "ask"), edge("ask", "tell", "approved")],
  };
  await scene.workflow("private", spec);
  await pin(scene.tester.actor, {
    slug: "private",
    nodeId: "file",
    handle: "out",
    output: { ssn: "900-12-3456", pin: "12" },
  });
  const first = await scene.test("private", { ssn: "900-12-3456", pin: "12" });
  const asked = await scene.waitpoint(first, "ask");
  await scene.rehearse(first, asked.id, { type: "answer", outcome: "approved", comment: "900-12-3456" });
  await scene.ended(first);
  await unpin(scene.tester.actor, "private", "file");
  await scene.test("private", {}, { from: { nodeId: "tell", runId: first } });
  const [frozen] = await scene.rows(
    "select v.test_settings::text as text from workflow_versions v join workflows w on w.id = v.workflow_id where w.slug = 'private' order by v.number limit 1",
    [],
  );
  expect(JSON.stringify(frozen)).toContain("ask");
  expect(JSON.stringify(frozen)).not.toContain("900-12-3456");
});
