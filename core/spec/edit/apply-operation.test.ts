import { describe, expect, it } from "vitest";
import type { SpecNode } from "@/core/spec/document";
import { defaultConfig } from "@/core/spec/document";
import { exportSpec } from "@/core/spec/export";
import { importSpec } from "@/core/spec/import";
import { stepDefinitions } from "@/steps/definitions";
import { applyOperation } from "./apply-operation";
import { applyOperations } from "./apply-operations";
import type { EditableDocument, Operation } from "./operation";
import { exampleDocuments } from "./operations.testkit";

/** a → check (yes → b, no → c), and a loop with one step inside. */
function sample(): EditableDocument {
  const read = importSpec(
    {
      specVersion: "1",
      startNodeId: "a",
      nodes: [
        { id: "a", type: "tool_call", tool: "stripe.subscription.preview" },
        { id: "check", type: "decision", expression: "input.kind", cases: ["yes", "no"] },
        { id: "b", type: "transform", expression: {} },
        { id: "c", type: "transform", expression: {} },
        {
          id: "each",
          type: "loop",
          items: "input.list",
          body: { startNodeId: "row", nodes: [{ id: "row", type: "output", output: "${item}" }], edges: [] },
        },
      ],
      edges: [
        { from: "a", to: "check", case: "out" },
        { from: "check", to: "b", case: "yes" },
        { from: "check", to: "c", case: "no" },
        { from: "check", to: "c", case: "default" },
        { from: "b", to: "each", case: "out" },
      ],
    },
    stepDefinitions,
  );
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return { spec: read.spec, triggers: [{ id: "manual", type: "manual" }], config: defaultConfig };
}

function done(document: EditableDocument, ...operations: Operation[]): EditableDocument {
  const { refused, document: after } = applyOperations(document, operations, stepDefinitions);
  expect(refused).toEqual([]);
  return after;
}

function refusal(document: EditableDocument, operation: Operation): string {
  const applied = applyOperation(document, operation, stepDefinitions);
  return applied.ok ? "done" : applied.reason;
}

function edges({ spec }: EditableDocument): string[] {
  return spec.edges.map(({ from, case: handle, to }) => `${from}:${handle}:${to}`);
}

function node(document: EditableDocument, id: string): SpecNode | undefined {
  return document.spec.nodes.find((each) => each.id === id);
}

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
    const applied = applyOperation(sample(), { op: "remove_node", id: "each" }, stepDefinitions);
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
    const applied = applyOperation(sample(), change, stepDefinitions);
    if (!applied.ok) throw new Error(applied.reason);
    expect(node(applied.document, "a")?.["input"]).toEqual({ customer: { id: "${input.id}" } });
    expect(done(applied.document, ...applied.inverse)).toEqual(sample());
  });

  it("M-8 a case that goes takes its connection along; undo brings both back", () => {
    const applied = applyOperation(
      sample(),
      { op: "update_node", id: "check", changes: [{ path: ["cases", 0] }] },
      stepDefinitions,
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
    const applied = applyOperation(sample(), change, stepDefinitions);
    expect(applied.ok).toBe(false);
    expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
  });

  it("two people change different fields of one step and both changes last", () => {
    const mine: Operation = { op: "update_node", id: "a", changes: [{ path: ["name"], value: "Preview" }] };
    const theirs: Operation = { op: "update_node", id: "a", changes: [{ path: ["input", "plan"], value: "pro" }] };
    expect(done(sample(), mine, theirs)).toEqual(done(sample(), theirs, mine));
  });
});

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
    const applied = applyOperation(sample(), operation, stepDefinitions);
    if (!applied.ok) throw new Error(applied.reason);
    return applied.inverse;
  }

  function undone(operation: Operation, ...others: Operation[]): EditableDocument {
    const after = done(sample(), operation, ...others);
    return applyOperations(after, undoOf(operation), stepDefinitions).document;
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
    const applied = applyOperation(sample(), into, stepDefinitions);
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

describe("what is around the steps", () => {
  it("settings are checked like everywhere, and come back", () => {
    const document = sample();
    const applied = applyOperation(
      document,
      {
        op: "set_config",
        changes: [
          { path: ["maxRetries"], value: 5 },
          { path: ["variables", "limit"], value: 3 },
        ],
      },
      stepDefinitions,
    );
    if (!applied.ok) throw new Error(applied.reason);
    expect(applied.document.config).toMatchObject({ maxRetries: 5, variables: { limit: 3 } });
    expect(done(applied.document, ...applied.inverse)).toEqual(document);
    expect(refusal(document, { op: "set_config", changes: [{ path: ["maxRetries"], value: -1 }] })).toMatch(
      /^"maxRetries" is not right/,
    );
    expect(refusal(document, { op: "set_config", changes: [{ path: ["retries"], value: 1 }] })).toBe(
      'A workflow has no setting "retries".',
    );
  });

  it("a whole document comes in any spelling, and what stayed the same stays the same object", () => {
    const before = sample();
    const next = structuredClone(before);
    next.spec.nodes[1] = { id: "check", type: "switch", expression: "input.other", cases: { yes: { next: "b" } } };
    const after = done(before, { op: "replace_document", document: next });
    expect(after.spec.nodes[0]).toBe(before.spec.nodes[0]);
    expect(node(after, "check")).toMatchObject({ type: "decision", cases: ["yes"], expression: "input.other" });
    const wrong = structuredClone(before);
    wrong.spec.nodes.push({ id: "a", type: "end" });
    expect(refusal(before, { op: "replace_document", document: wrong })).toMatch(/^Two steps have the id "a"/);
  });
});

describe("C16 documents in other spellings, edited and exported", () => {
  it.each(Object.entries(exampleDocuments))(
    "%s: an export after any single edit says what the document says",
    (_n, document) => {
      const ids = document.spec.nodes.map(({ id }) => id);
      const operations: Operation[] = [
        ...ids.map((id): Operation => ({ op: "remove_node", id, heal: true })),
        ...ids.map((id): Operation => ({ op: "update_node", id, changes: [{ path: ["note"], value: "seen" }] })),
        ...ids.map((id): Operation => ({ op: "set_start", container: null, id })),
        ...document.spec.edges.map(({ from, to, case: handle }): Operation => ({
          op: "disconnect",
          from,
          to,
          case: handle,
        })),
        ...ids.flatMap((from) =>
          ids.map((to): Operation => ({
            op: "connect",
            from,
            case: document.spec.edges.find((edge) => edge.from === from)?.case ?? "out",
            to,
          })),
        ),
        { op: "set_input_schema", schema: null },
        { op: "set_input_schema", schema: { type: "object", properties: { x: {} } } },
      ];
      let applied = 0;
      for (const operation of operations) {
        const result = applyOperation(document, operation, stepDefinitions);
        if (!result.ok) continue;
        applied += 1;
        const again = importSpec(exportSpec(result.document.spec, stepDefinitions), stepDefinitions);
        if (!again.ok) throw new Error(JSON.stringify([operation, again.issues]));
        expect({ operation, spec: meaning(again.spec) }).toEqual({ operation, spec: meaning(result.document.spec) });
      }
      expect(applied).toBeGreaterThan(ids.length * 3);
    },
  );

  it("a case that leads to a second step is exported as connections, not inside the step", () => {
    const read = importSpec(
      {
        nodes: [
          { id: "d", type: "decision", expression: "input.x", cases: { a: { next: "x" } }, defaultCase: "y" },
          { id: "x", type: "end" },
          { id: "y", type: "end" },
        ],
        startNodeId: "d",
      },
      stepDefinitions,
    );
    if (!read.ok) throw new Error(JSON.stringify(read.issues));
    const document = { spec: read.spec, triggers: [], config: defaultConfig };
    const after = done(document, { op: "connect", from: "d", case: "a", to: "y" });
    const again = importSpec(exportSpec(after.spec, stepDefinitions), stepDefinitions);
    expect(again.ok && again.spec.edges.map(({ from, case: handle, to }) => `${from}:${handle}:${to}`)).toEqual([
      "d:a:x",
      "d:default:y",
      "d:a:y",
    ]);
  });
});

/** Without the record of how it was spelled; the order of connections says nothing. */
function meaning(spec: EditableDocument["spec"]): unknown {
  const bare = JSON.parse(
    JSON.stringify(spec, (key, value: unknown) => (key === "x-source" ? undefined : value)),
  ) as EditableDocument["spec"];
  return {
    ...bare,
    edges: [...bare.edges].sort((left, right) => JSON.stringify(left).localeCompare(JSON.stringify(right))),
  };
}
