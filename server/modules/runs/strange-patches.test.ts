import { afterAll, beforeAll, expect, it } from "vitest";
import { createRunsScene, effect, type RunsScene } from "./runs.testkit";

let scene: RunsScene;
beforeAll(async () => {
  scene = await createRunsScene();
});
afterAll(() => scene.close());

const person = { type: "object", properties: { email: { type: "string" } } };
const listed = { type: "object", properties: { id: { type: "integer" }, person } };

it.each([
  ["an open input", undefined, { other: 1 }, []],
  ["a schema that lists nothing", { type: "object" }, { other: 1 }, []],
  ["a schema that allows more in words", { ...listed, additionalProperties: true }, { other: 1 }, []],
  ["a field that the run was started with", listed, { extra: 2 }, []],
  ["a field that only a step reads", listed, { note: "x" }, []],
  ["a misspelt field", listed, { persn: {} }, ["patch.persn"]],
  ["a misspelt field further in", listed, { person: { emial: "a" } }, ["patch.person.emial"]],
  ["a field of another workflow", listed, { other: 1 }, ["patch.other"]],
])("a correction of %s", async (name, inputSchema, patch, refused) => {
  const slug = name.replaceAll(" ", "-");
  const nodes = [effect("pay", { path: `/${slug}/\${input.id}`, headers: { "x-note": "${input.?note.orValue('')}" } })];
  await scene.publish(slug, { startNodeId: "pay", nodes, edges: [], ...(inputSchema ? { inputSchema } : {}) });
  scene.broken.add(`/${slug}/1`);
  const id = await scene.start(slug, { id: 1, extra: 1 });
  await scene.reached(id, "failed");
  const answer = await scene.call("POST", `/api/v1/workflows/${id}/retry`, { patch });
  const details: { path: string; message: string }[] = answer.json.error?.details ?? [];
  expect([answer.status, details.map(({ path }) => path)]).toEqual([refused.length > 0 ? 422 : 200, refused]);
  if (name.startsWith("a misspelt")) expect(details[0]?.message).toMatch(/Did you mean "(?:person|email)"\?/);
});
