import { expect, test } from "vitest";
import { stepContext } from "../step-context.testkit";
import { loopDefinition } from "./definition";
import { executeLoop } from "./execute";

const body = { startNodeId: "a", nodes: [], edges: [] };

test("H7 fewer items the deeper the loop stands, because they multiply", () => {
  const items = Array.from({ length: 2_001 }, (_, index) => index);
  const at = (iteration: string, count: number) =>
    executeLoop.execute({
      ...stepContext(loopDefinition, { body, items: "input.items" }, { trigger: { items: items.slice(0, count) } })
        .context,
      iteration,
    });
  expect([at("", 2_001), at("0", 2_000), at("0.1", 500)]).toMatchObject([
    { kind: "opened" },
    { kind: "opened" },
    { kind: "opened" },
  ]);
  expect([at("0", 2_001), at("0.1", 501), at("0.1.2", 101)]).toMatchObject(
    Array.from({ length: 3 }, () => ({ kind: "failed", error: { code: "too_many_items" } })),
  );
});

test("H7 lists written into the workflow that multiply beyond a run are said before publishing", () => {
  const loop = (count: number, ...nodes: object[]) => ({
    id: "loop",
    type: "loop",
    items: Array.from({ length: count }, () => 0),
    itemName: "item",
    body: { startNodeId: "x", nodes: [{ id: "x", type: "output" }, ...nodes], edges: [] },
  });
  const lint = ({ id, type, ...fields }: ReturnType<typeof loop>) =>
    loopDefinition.lint?.(
      loopDefinition.config.parse(fields),
      { id, type },
      {
        connected: new Set(),
        inBody: false,
        mayTalk: true,
      },
    );
  expect(lint(loop(250, loop(200)))).toEqual([]);
  expect(lint(loop(300, loop(200)))).toMatchObject([
    { path: "items", message: expect.stringContaining("at least 60,000 steps") },
  ]);
});
