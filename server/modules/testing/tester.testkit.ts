import { afterAll, beforeAll } from "vitest";
import { createTestingScene } from "./testing.testkit";

// Importing this sets it up: every test file has modules of its own, and so a scene of its own.
export let scene: Awaited<ReturnType<typeof createTestingScene>>;

beforeAll(async () => {
  scene = await createTestingScene();
});

afterAll(() => scene.close());

export const ask = (more: object = {}) => ({ id: "ask", type: "approval", assignTo: "role:operator", ...more });
