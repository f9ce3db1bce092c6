import fc from "fast-check";
import type { Json, JsonObject } from "@/core/json";

/** Documents in any dialect: every spelling, inline targets, unknown fields, bodies. Importable, often not publishable. */
export const writtenSpec: fc.Arbitrary<JsonObject> = fc
  .record({
    ids: fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9_]{0,6}$/), { minLength: 1, maxLength: 12 }),
    seed: fc.infiniteStream(fc.nat()),
    extra: unknownFields(),
  })
  .map(({ ids, seed, extra }) => {
    const pick = (count: number): number => (count === 0 ? 0 : (seed.next().value ?? 0) % count);
    return { ...extra, ...scope(ids, pick, "document") };
  });

type Pick = (count: number) => number;

function unknownFields(): fc.Arbitrary<JsonObject> {
  const value = fc.jsonValue({ maxDepth: 2 });
  return fc
    .dictionary(fc.constantFrom("$schema", "x-team", "labels", "__proto__", "note2"), value, { maxKeys: 2 })
    .map((fields) => JSON.parse(JSON.stringify(fields)) as JsonObject);
}

function scope(ids: readonly string[], pick: Pick, place: "document" | "body"): JsonObject {
  const bodyIds = place === "document" && ids.length > 3 ? ids.slice(-2) : [];
  const own = ids.slice(0, ids.length - bodyIds.length);
  const nodes = own.map((id, index) =>
    writtenNode(id, own.slice(index + 1), bodyIds.length > 0 && index === 0 ? bodyIds : [], pick),
  );
  const drawn = own.slice(1).flatMap((id, index) => drawnEdge(own[index] ?? id, id, nodes[index] ?? {}, pick));
  return {
    ...(place === "document" && pick(2) === 0 ? { specVersion: pick(2) === 0 ? "1" : 1 } : {}),
    ...(pick(5) === 0 ? {} : { startNodeId: own[0] ?? "" }),
    ...(pick(4) === 0 && place === "document" ? { inputSchema: { type: "object" } } : {}),
    nodes,
    ...(drawn.length === 0 && pick(2) === 0 ? {} : { edges: drawn }),
  };
}

function drawnEdge(from: string, to: string, node: JsonObject, pick: Pick): JsonObject[] {
  // A branch that the node gives inside is not drawn a second time with another target.
  const inline = ["cases", "onReject", "onTimeout", "defaultCase"].some((field) => field in node);
  const label = (["", "out", "approved", "custom", "true"] as const)[pick(5)] ?? "";
  return [
    {
      from,
      to,
      ...(label === "" || inline ? (inline ? { case: `drawn_${pick(3)}` } : {}) : { case: label }),
      ...(pick(6) === 0 ? { label: "kept" } : {}),
    },
  ];
}

function writtenNode(id: string, later: readonly string[], bodyIds: readonly string[], pick: Pick): JsonObject {
  const target = (): JsonObject => ({ next: later[pick(later.length)] ?? id });
  const shapes: (() => JsonObject)[] = [
    () => ({ type: "Action", action: "identity.verify", input: { email: "${input.email}" } }),
    () => ({ type: "tool_call", tool: "stripe.subscription.preview", connection: null }),
    () => ({ type: "service_call", service: "aml", method: "post", path: "/x", shade: "blue" }),
    () => ({
      type: "decision",
      expression: "input.kind",
      cases: { a: target(), b: {} },
      defaultCase: later[pick(later.length)] ?? "a",
    }),
    () => ({ type: "Switch", expression: { var: "kind" }, defaultCase: "default" }),
    () => ({ type: "Condition", expression: "input.ok", cases: { true: target(), false: target() } }),
    () => ({
      type: "human_approval",
      assignTo: "role:manager",
      onReject: target(),
      onTimeout: pick(2) === 0 ? "reject" : target(),
      timeoutHours: 4,
    }),
    () => ({
      type: "transform",
      expression: { deep: ["${input.x}", { y: null }] },
      onError: pick(2) === 0 ? "continue" : target(),
    }),
    () => ({ type: "NOTIFY", channel: "Email", to: "a@acme.com", message: "Hi" }),
    () => ({ type: "wait", duration: "PT5M", name: null }),
    () => ({ type: "End", status: "completed", "x-source": "mine" }),
    () => ({ type: "Start", inputSchema: { type: "object", properties: {} } }),
  ];
  if (bodyIds.length > 0)
    return { id, type: "Loop", items: "${input.list}", body: scope(bodyIds, pick, "body"), note: "n" };
  const fields: Json = shapes[pick(shapes.length)]?.() ?? {};
  return { id, ...fields };
}
