import { afterAll, afterEach, beforeAll } from "vitest";
import { readSteps } from "./runtime.testkit";
import { createScene, type Scene } from "./scene.testkit";

// Importing this sets it up: every test file has modules of its own, and so a scene of its own.
export let scene: Scene;

beforeAll(async () => {
  scene = await createScene();
});

afterEach(() => {
  scene.answers.clear();
});

afterAll(() => scene.close());

export const stepOf = async (runId: string, key: string) =>
  (await readSteps(scene.database.pool, runId)).find((step) => step.key === key);

export const waitpointsOf = async (runId: string) =>
  (
    await scene.database.pool.query<{ status: string; outcome: string | null; resolved_via: string | null }>(
      "select status, outcome, resolved_via from waitpoints where run_id = $1",
      [runId],
    )
  ).rows;
