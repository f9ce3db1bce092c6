import { describe, expect, it } from "vitest";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { applyOperation } from "./apply-operation";
import type { Operation } from "./operation";
import { done, edges, node, refusal, sample } from "./apply-operation.testkit";

describe("adding and removing steps", () => {
  it("M-3 steps are added one at a time, anywhere in the list", () => {
    const after = done(
      sample(),
      { op: "add_node", node: { id: "last", type: "end", status: "completed" }, container: null },
      { op: "add_node", node: { id: "first", type: "start" }, container: null, index: 0 },
      { op: "connect", from: "first", case: "out", to: "a" },
      { op: "set_start", container: null, id: "first" },
    );
    expect(after.spec.nodes.map(({ id }) => id)).toEqual(["first", "a", "check", "b", "c", "each", "last"]);
    expect(after.spec.startNodeId).toBe("first");
  });

  it("a removed step takes its connections along, and heals where one way leads on", () => {
    expect(edges(done(sample(), { op: "remove_node", id: "b" }))).not.toContain("check:yes:each");
    const healed = done(sample(), { op: "remove_node", id: "b", heal: true });
    expect(edges(healed)).toEqual(["a:out:check", "check:yes:each", "check:no:c", "check:default:c"]);
    expect(edges(done(sample(), { op: "remove_node", id: "check", heal: true }))).toEqual(["b:out:each"]);
  });

  it("the start moves on to what followed it, else there is none", () => {
    expect(done(sample(), { op: "remove_node", id: "a", heal: true }).spec.startNodeId).toBe("check");
    expect(done(sample(), { op: "remove_node", id: "a" }).spec.startNodeId).toBe("");
  });

  it("M-9 a loop goes with the steps inside, and comes back with them", () => {
    const applied = applyOperation(sample(), { op: "remove_node", id: "each" }, stepDefinitions, triggerDefinitions);
    if (!applied.ok) throw new Error(applied.reason);
    expect(refusal(applied.document, { op: "update_node", id: "row", changes: [{ path: ["name"], value: "x" }] })).toBe(
      'There is no step "row" any more.',
    );
    expect(done(applied.document, ...applied.inverse)).toEqual(sample());
  });

  it.each([
    [{ id: "b", type: "end" }, 'There is a step "b" already. Choose another id.'],
    [{ id: "row", type: "end" }, 'There is a step "row" already. Choose another id.'],
    [{ id: "no way", type: "end" }, /^An id starts with a letter/],
    [{ id: "null", type: "end" }, /has a meaning in expressions/],
    [{ id: "x", type: "trnsform", expression: {} }, '"trnsform" is not a step type. Did you mean "transform"?'],
    [{ id: "x", type: "Action", tool: "a" }, 'Write the type "Action" as "tool_call".'],
    [{ id: "x", type: "end", colour: "blue" }, '"End" steps have no field "colour".'],
    [{ id: "x", type: "approval", onReject: { next: "b" } }, /^"onReject" would then be read as something else/],
    [{ id: "x", type: "end", timeoutMs: -1 }, /timeoutMs/],
    [{ id: "x", type: "start", inputSchema: { type: "object" } }, /for the whole workflow/],
  ])("refuses %j", (added, reason) => {
    const said = refusal(sample(), { op: "add_node", node: added, container: null });
    if (typeof reason === "string") expect(said).toBe(reason);
    else expect(said).toMatch(reason);
  });

  it("refuses an id that a decision already means otherwise", () => {
    const document = done(sample(), {
      op: "update_node",
      id: "check",
      changes: [{ path: ["defaultCase"], value: "no" }],
    });
    expect(refusal(document, { op: "add_node", node: { id: "no", type: "end" }, container: null })).toBe(
      '"no" means something in "check" already. Choose another id.',
    );
  });

  it("refuses what is nested too deep, and values that are not JSON", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 120; level += 1) deep = [deep];
    const add = (value: unknown): Operation => ({
      op: "add_node",
      node: { id: "x", type: "transform", expression: value },
      container: null,
    });
    expect(refusal(sample(), add(deep))).toBe('"x" is nested too deep. Flatten it.');
    expect(refusal(sample(), add({ when: new Date(0), count: 1n }))).toMatch(/JSON does not know/);
  });
});

describe("changing a step", () => {
  it("a field that was not there goes away again on undo, and objects around it too", () => {
    const change: Operation = {
      op: "update_node",
      id: "a",
      changes: [{ path: ["input", "customer", "id"], value: "${input.id}" }],
    };
    const applied = applyOperation(sample(), change, stepDefinitions, triggerDefinitions);
    if (!applied.ok) throw new Error(applied.reason);
    expect(node(applied.document, "a")?.["input"]).toEqual({ customer: { id: "${input.id}" } });
    expect(done(applied.document, ...applied.inverse)).toEqual(sample());
  });

  it("M-8 a case that goes takes its connection along; undo brings both back", () => {
    const applied = applyOperation(
      sample(),
      { op: "update_node", id: "check", changes: [{ path: ["cases", 0] }] },
      stepDefinitions,
      triggerDefinitions,
    );
    if (!applied.ok) throw new Error(applied.reason);
    expect(edges(applied.document)).toEqual(["a:out:check", "check:no:c", "check:default:c", "b:out:each"]);
    expect(done(applied.document, ...applied.inverse)).toEqual(sample());
  });

  it("M-8 the case that all other answers take cannot go without them", () => {
    const document = done(sample(), {
      op: "update_node",
      id: "check",
      changes: [{ path: ["defaultCase"], value: "yes" }],
    });
    const without = { path: ["cases", 0] };
    expect(refusal(document, { op: "update_node", id: "check", changes: [without] })).toMatch(/^"defaultCase" would/);
    const after = done(document, { op: "update_node", id: "check", changes: [without, { path: ["defaultCase"] }] });
    expect(node(after, "check")).not.toHaveProperty("defaultCase");
  });

  it.each([
    [["id"], "other"],
    [["type"], "end"],
    [["ui", "position"], { x: 1, y: 1 }],
    [["body", "nodes"], []],
    [["x-source"], {}],
    [["cases", "__proto__"], "x"],
    [["unheard"], 1],
    [["expression", "deeper", "x"], 1],
    [["cases", 7], "far"],
    [["retry", "maxAttempts"], 0],
  ])("refuses to set %j to %j", (path, value) => {
    const change: Operation = { op: "update_node", id: "check", changes: [{ path, value }] };
    const applied = applyOperation(sample(), change, stepDefinitions, triggerDefinitions);
    expect(applied.ok).toBe(false);
    expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
  });

  it("two people change different fields of one step and both changes last", () => {
    const mine: Operation = { op: "update_node", id: "a", changes: [{ path: ["name"], value: "Preview" }] };
    const theirs: Operation = { op: "update_node", id: "a", changes: [{ path: ["input", "plan"], value: "pro" }] };
    expect(done(sample(), mine, theirs)).toEqual(done(sample(), theirs, mine));
  });
});
