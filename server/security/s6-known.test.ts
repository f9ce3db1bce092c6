import { afterAll, beforeAll, expect, it } from "vitest";
import { attack, processesOf, type Attacked } from "./attacked.testkit";

let target: Attacked;
beforeAll(async () => {
  target = await attack("known");
});
afterAll(() => target.close());

const end = { specVersion: "1", startNodeId: "e", nodes: [{ id: "e", type: "end" }], edges: [] };

it("S6 H5 a name with a bracket that is never closed is read to its end", async () => {
  const processes = processesOf(target);
  const input = { "a]": "${1+" };
  const text = JSON.stringify({ name: "x", triggerType: "event", triggerSpec: { event: "a.b", input }, spec: end });
  const { cookie } = target.organization.members.viewer;
  expect((await target.trpc("POST", "library.readImport", { text }, cookie)).status).toBeLessThan(500);
  expect(processesOf(target)).toEqual(processes);
});

it("S6 H4 a schema whose parts name each other twice is refused or read, not unfolded", async () => {
  const levels = 40;
  const $defs = Object.fromEntries(
    Array.from({ length: levels }, (_, level) => {
      const next = { $ref: `#/$defs/d${level + 1}` };
      return [`d${level}`, { allOf: [next, next] }];
    }),
  );
  const properties = { a: { $ref: "#/$defs/d0" } };
  const inputSchema = { type: "object", properties, $defs: { ...$defs, [`d${levels}`]: { minLength: 0 } } };
  const body = JSON.stringify({ spec: { ...end, inputSchema } });
  const { status } = await target.send("POST", "/api/workflows/validate", {
    body,
    key: target.organization.members.viewer.apiKey,
  });
  expect(status).toBeLessThan(500);
});
