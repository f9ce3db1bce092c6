export type Document = Record<string, unknown>;

export function times<T>(count: number, make: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

export function named(count: number, make: (at: number) => unknown, name = (at: number) => `f${at}`): Document {
  return Object.fromEntries(times(count, (at) => [name(at), make(at)]));
}

/** In an order that nothing is sorted in. */
export function numbers(count: number): number[] {
  return times(count, (at) => (at * 7919) % count);
}

const constant = (): Document => ({ type: "transform", expression: 1 });

export function scope(
  extra: Document,
  nodes: Document[] = [{ id: "n0", ...constant() }],
  edges: Document[] = [],
): Document {
  return { startNodeId: nodes[0]?.["id"], nodes, edges, ...extra };
}

/** Steps one after the other. */
export function chain(count: number, node: (at: number) => Document, extra: Document = {}): Document {
  const nodes = times(count, (at) => ({ id: `n${at}`, ...node(at) }));
  const edges = times(count - 1, (at) => ({ from: `n${at}`, to: `n${at + 1}` }));
  return { triggers: [{ id: "api", type: "api" }], spec: scope(extra, nodes, edges) };
}

/** Each step leads to as many of those behind it. */
export function parallel(count: number, width: number, node: (at: number) => Document = constant): Document {
  const nodes = times(count, (at) => ({ id: `n${at}`, ...node(at) }));
  const edges = times(node === constant ? count : 1, (at) =>
    times(Math.min(width, count - at - 1), (step) => ({ from: `n${at}`, to: `n${at + step + 1}` })),
  ).flat();
  return { triggers: [{ id: "api", type: "api" }], spec: scope({}, nodes, edges) };
}

export function nestedLoops(depth: number): Document {
  const wrap = (level: number): Document =>
    level === 0
      ? { type: "transform", expression: "${item}" }
      : {
          type: "loop",
          items: "${input.a}",
          body: { startNodeId: `in${level}`, nodes: [{ id: `in${level}`, ...wrap(level - 1) }], edges: [] },
        };
  return chain(1, () => wrap(depth));
}

export function listSchema(items: unknown): Document {
  return { type: "object", properties: { list: { type: "array", items } } };
}

export function doublingSchema(levels: number): Document {
  const $defs = named(
    levels,
    (level) => ({ allOf: times(2, () => ({ $ref: `#/$defs/d${level + 1}` })) }),
    (level) => `d${level}`,
  );
  return {
    type: "object",
    properties: { a: { $ref: "#/$defs/d0" } },
    $defs: { ...$defs, [`d${levels}`]: { minLength: 0 } },
  };
}

export function manyDefaults(count: number): Document {
  return { type: "object", properties: named(count, (at) => ({ type: "string", default: `T${at}` })) };
}

export function manyPatterns(count: number): Document {
  return {
    type: "object",
    properties: named(count, (at) => ({ type: "string", pattern: `^(?:[a-z]{60}x){${1 + (at % 99)}}${at}$` })),
  };
}

/** Doubles for twelve levels, then goes on deeper. */
export function deepSchema(levels: number): Document {
  return times(levels, (level) => level).reduce<Document>(
    (inner, level) => ({
      allOf: level < 11 ? [inner, inner] : [inner],
      anyOf: [{ type: "object" }, { if: { type: "string" }, then: { minLength: 1 } }],
    }),
    { type: "string" },
  );
}
