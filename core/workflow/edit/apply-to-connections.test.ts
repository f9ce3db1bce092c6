import { describe, expect, it } from "vitest";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { applyOperation } from "./apply-operation";
import { applyOperations } from "./apply-operations";
import type { EditableDocument, Operation } from "./operation";
import { done, edges, node, refusal, sample } from "./apply-operation.testkit";

describe("connections", () => {
  it("C15 refuses a connection that makes a circle, and one from a step to itself", () => {
    expect(refusal(sample(), { op: "connect", from: "each", case: "out", to: "a" })).toBe(
      '"a" comes before "each", so the steps would go in a circle. Use a Loop to repeat steps.',
    );
    expect(refusal(sample(), { op: "connect", from: "b", case: "out", to: "b" })).toMatch(/itself/);
  });

  it("C15 refuses a connection across the border of a loop", () => {
    expect(refusal(sample(), { op: "connect", from: "c", case: "out", to: "row" })).toMatch(/never cross the border/);
  });

  it("M-8 a case label is a way out; others are refused with a hint", () => {
    done(sample(), { op: "connect", from: "check", case: "yes", to: "c" });
    done(sample(), { op: "connect", from: "check", case: "error", to: "each" });
    expect(refusal(sample(), { op: "connect", from: "check", case: "yess", to: "c" })).toBe(
      '"check" has no way out "yess". Did you mean "yes"? It has: yes, no, default, error.',
    );
  });

  it("refuses the same connection twice, and to take one away that is not there", () => {
    expect(refusal(sample(), { op: "connect", from: "a", case: "out", to: "check" })).toMatch(/already/);
    expect(refusal(sample(), { op: "disconnect", from: "a", case: "out", to: "b" })).toMatch(/not connected/);
  });

  it("steps whose settings are not complete can be connected", () => {
    const after = done(
      sample(),
      { op: "add_node", node: { id: "route", type: "decision", cases: ["x"] }, container: null },
      { op: "connect", from: "route", case: "x", to: "a" },
    );
    expect(edges(after)).toContain("route:x:a");
  });
});

describe("taking back what others have edited since", () => {
  function undoOf(operation: Operation): Operation[] {
    const applied = applyOperation(sample(), operation, stepDefinitions, triggerDefinitions);
    if (!applied.ok) throw new Error(applied.reason);
    return applied.inverse;
  }

  function undone(operation: Operation, ...others: Operation[]): EditableDocument {
    const after = done(sample(), operation, ...others);
    return applyOperations(after, undoOf(operation), stepDefinitions, triggerDefinitions).document;
  }

  it("a connection does not come back to a step that is gone", () => {
    const after = undone({ op: "disconnect", from: "a", case: "out", to: "check" }, { op: "remove_node", id: "check" });
    expect(edges(after)).toEqual(["b:out:each"]);
  });

  it("C15 nor where it would close a circle, nor a second time", () => {
    const cut: Operation = { op: "disconnect", from: "b", case: "out", to: "each" };
    const circle = undone(cut, { op: "connect", from: "each", case: "out", to: "b" });
    expect(edges(circle).filter((edge) => edge.includes("each"))).toEqual(["each:out:b"]);
    const twice = undone(cut, { op: "connect", from: "b", case: "out", to: "each" });
    expect(edges(twice).filter((edge) => edge === "b:out:each")).toHaveLength(1);
  });

  it("M-8 nor by a case that is gone", () => {
    const after = undone(
      { op: "disconnect", from: "check", case: "yes", to: "b" },
      { op: "update_node", id: "check", changes: [{ path: ["cases"], value: ["no"] }] },
    );
    expect(edges(after)).not.toContain("check:yes:b");
  });

  it("a removed step comes back with the connections that still make sense", () => {
    const after = undone({ op: "remove_node", id: "check" }, { op: "remove_node", id: "c" });
    expect(edges(after)).toEqual(["a:out:check", "check:yes:b", "b:out:each"]);
    expect(after.spec.nodes.map(({ id }) => id)).toEqual(["a", "check", "b", "each"]);
  });
});

describe("places", () => {
  it("moving one step leaves every other object as it is", () => {
    const before = sample();
    const after = done(before, { op: "move_nodes", moves: [{ id: "b", x: 10, y: 20 }] });
    expect(node(after, "b")?.ui).toEqual({ position: { x: 10, y: 20 } });
    expect(after.spec.edges).toBe(before.spec.edges);
    expect(after.config).toBe(before.config);
    expect(after.spec.nodes.filter((each, index) => each !== before.spec.nodes[index])).toHaveLength(1);
  });

  it("M-9 a step goes into a loop and out of it; connections that would cross the border are dropped", () => {
    const into: Operation = { op: "nest_node", id: "c", container: "each", x: 5, y: 6 };
    const applied = applyOperation(sample(), into, stepDefinitions, triggerDefinitions);
    if (!applied.ok) throw new Error(applied.reason);
    expect(edges(applied.document)).toEqual(["a:out:check", "check:yes:b", "b:out:each"]);
    expect(node(applied.document, "each")?.["body"]).toMatchObject({ nodes: [{ id: "row" }, { id: "c" }] });
    const connected = done(applied.document, { op: "connect", from: "c", case: "out", to: "row" });
    expect(connected.spec.edges).toBe(applied.document.spec.edges);
    expect(done(applied.document, ...applied.inverse)).toEqual(sample());
  });

  it("refuses to put a loop into itself or into a step that is no loop", () => {
    expect(refusal(sample(), { op: "nest_node", id: "each", container: "each", x: null, y: null })).toMatch(/itself/);
    expect(refusal(sample(), { op: "nest_node", id: "b", container: "a", x: null, y: null })).toBe(
      '"a" is no step that others can be put into.',
    );
  });
});
