import { afterAll, beforeAll } from "vitest";
import { edge, effect } from "@/server/modules/runs/runs.testkit";
import { createTestingScene } from "./testing.testkit";

// Importing this sets it up: every test file has modules of its own, and so a scene of its own.
export let scene: Awaited<ReturnType<typeof createTestingScene>>;

beforeAll(async () => {
  scene = await createTestingScene();
});

afterAll(() => scene.close());

export const ask = (more: object = {}) => ({ id: "ask", type: "approval", assignTo: "role:operator", ...more });

export const asking = {
  startNodeId: "before",
  nodes: [effect("before"), ask({ timeout: "P3D" }), effect("granted"), effect("refused"), effect("late")],
  edges: [
    edge("before", "ask"),
    edge("ask", "granted", "approved"),
    edge("ask", "refused", "rejected"),
    edge("ask", "late", "timed_out"),
  ],
};
