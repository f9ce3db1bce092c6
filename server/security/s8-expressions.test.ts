import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { reservedNames } from "@/core/admissible-json";
import { evaluateExpression } from "@/core/expression/evaluate";
import { buildScope } from "@/core/expression/scope";
import { renderTemplate } from "@/core/expression/template";
import type { Json } from "@/core/json";
import { createDice } from "./dice.testkit";
import { escapes, logicEscapes } from "./escapes.testkit";
import { expressionText, mistyped } from "./expressions.testkit";
import { extent, openInFlight, report, seedsOf } from "./extent.testkit";

const hostileTrigger: Json = JSON.parse(
  `{"email":"a@acme.com","amount":5,"text":"${"aB1 ".repeat(500)}","items":[${Array.from({ length: 200 }, (_, at) => `{"price":${at}}`).join(",")}],"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}`,
);
const scope = buildScope({
  trigger: hostileTrigger,
  input: { amount: 5, items: [1, 2, 3], email: "a@acme.com" },
  vars: { limit: 3 },
  run: { id: "run_1", version: 2 },
  contact: { name: "Sari" },
  conversation: null,
  step: { kyc: { status: "completed", output: { verdict: "passed" }, error: null } },
  iteration: { product: { cost: 3 }, index: 0 },
  now: Date.UTC(2026, 10, 20, 9, 30),
});

const kept: readonly number[] = [];
const growthLimit = 100 * 1024 * 1024;

const prototypes = [Object, Array, String, Number, Boolean, Function, Date, RegExp, Map, Set, Promise, Error].map(
  (each) => each.prototype as object,
);
/** Names and values of everything that an escape would change first. */
function prototypesNow(): unknown[] {
  return prototypes.map((prototype) =>
    Reflect.ownKeys(prototype).map((key) => [key, Reflect.getOwnPropertyDescriptor(prototype, key)?.value]),
  );
}

/** Where a value leaves the world of JSON, or null. */
function outsideJson(value: unknown, path = ""): string | null {
  if (value === null || typeof value === "string" || typeof value === "boolean") return null;
  if (typeof value === "number") return Number.isFinite(value) ? null : path || "the value";
  if (typeof value !== "object") return path || "the value";
  if (Array.isArray(value)) return first(value.map((item, at) => outsideJson(item, `${path}[${at}]`)));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return path || "the value";
  return first(
    Reflect.ownKeys(value).map((key) =>
      typeof key === "symbol" || key === "__proto__"
        ? `${path}.${String(key)}`
        : outsideJson((value as Record<string, unknown>)[key], `${path}.${key}`),
    ),
  );
}

function first(found: readonly (string | null)[]): string | null {
  return found.find((each) => each !== null) ?? null;
}

it.each(Object.entries(escapes))("S8 published ways out stay inside: %s", (_kind, sources) => {
  const before = prototypesNow();
  for (const source of sources) {
    const result = evaluateExpression(source, scope);
    const rendered = renderTemplate({ a: `\${${source}}` }, scope);
    expect({ source, outside: result.ok ? outsideJson(result.value) : null }).toEqual({ source, outside: null });
    expect({ source, outside: rendered.ok ? outsideJson(rendered.value) : null }).toEqual({ source, outside: null });
    expect(JSON.stringify(result)).not.toMatch(/NEXTAUTH|DATABASE_URL|"polluted":true/);
  }
  expect(prototypesNow()).toEqual(before);
});

it.each(logicEscapes.map((logic) => [JSON.stringify(logic), logic]))("S8 JSON logic stays inside: %s", (_, logic) => {
  const before = prototypesNow();
  const result = evaluateExpression(logic, scope);
  expect(result.ok ? outsideJson(result.value) : null).toBeNull();
  expect(prototypesNow()).toEqual(before);
});

it("S8 generated expressions give JSON or a refusal, change nothing, and keep nothing", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const seeds = seedsOf(extent(100_000, 5_000), kept);
  const log = openInFlight("s8-expressions");
  const before = prototypesNow();
  collect();
  const heap = process.memoryUsage().heapUsed;
  const counts = { value: 0, refused: 0, slow: 0 };
  const refusals = new Set<string>();
  let longest = { ms: 0, seed: 0 };
  for (const seed of seeds) {
    const dice = createDice(seed);
    const written = expressionText(dice);
    const source = dice.chance(0.2) ? mistyped(written, dice) : written;
    log.sending(seed, source);
    const started = performance.now();
    const result = evaluateExpression(source, scope);
    const ms = performance.now() - started;
    if (ms > 50) counts.slow += 1;
    if (ms > longest.ms) longest = { ms, seed };
    counts[result.ok ? "value" : "refused"] += 1;
    if (!result.ok) refusals.add(result.error.code);
    const outside = result.ok ? outsideJson(result.value) : null;
    if (outside !== null) expect.fail(`seed ${seed}: ${source} gives something that is not JSON at ${outside}`);
  }
  log.close();
  collect();
  const growth = process.memoryUsage().heapUsed - heap;
  expect([...refusals].sort()).toEqual(
    ["bad_expression", "expression_limit", "missing_value"].filter((code) => refusals.has(code)),
  );
  expect(prototypesNow()).toEqual(before);
  expect(growth).toBeLessThan(growthLimit);
  // Both kinds must occur, or the generator tests nothing.
  if (seeds.length > 1) expect(Math.min(counts.value, counts.refused)).toBeGreaterThan(seeds.length / 50);
  report(
    `S8 expressions: ${seeds.length} generated, ${counts.value} values, ${counts.refused} refused, 0 outside JSON, ${counts.slow} over 50 ms (longest ${longest.ms.toFixed(0)} ms, seed ${longest.seed}), heap growth ${(growth / 1024 / 1024).toFixed(1)} MB`,
  );
});

it("S8 names that every object answers to are never found by a path", () => {
  for (const name of reservedNames)
    for (const root of ["trigger", "input", "step.kyc.output", "env"]) {
      const result = evaluateExpression(`${root}['${name}']`, scope);
      expect({ root, name, found: result.ok }).toEqual({ root, name, found: false });
    }
});
