import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createRunsScene, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { restRouter } from "@/server/routes/rest";
import { serveRest } from "@/server/routes/serve-rest";
import { appRouter, createCaller } from "@/server/routes/root";
import { refusalOf } from "./trpc-error";

/** Numbers that no `integer` column holds, wherever an interface takes a number: refused, never an error of ours. */

const numbers = [2_147_483_648, 9_007_199_254_740_991, 1e308, -1];

let scene: RunsScene;
let known: Readonly<Record<string, string>>;

beforeAll(async () => {
  scene = await createRunsScene();
  await scene.publish("flow", {
    startNodeId: "a",
    nodes: [{ id: "a", type: "transform", expression: { b: 1 } }],
    edges: [],
  });
  const run = await scene.start("flow");
  await scene.reached(run, "completed");
  known = { idOrSlug: "flow", slug: "flow", workflow: "flow", template_id: "flow", id: run, runId: run, run_id: run };
});
afterAll(() => scene.close());

type Schema = Record<string, unknown>;
const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null;

function schemaOf(type: z.ZodType | null): Schema {
  if (type === null) return {};
  return JSON.parse(JSON.stringify(z.toJSONSchema(type, { io: "input", unrepresentable: "any" }))) as Schema;
}

/** The schema itself behind references, and the first way of several that there are. */
function resolved(schema: unknown, root: Schema, depth = 0): Schema[] {
  if (!isSchema(schema) || depth > 6) return [];
  const ref = schema["$ref"];
  if (typeof ref === "string") {
    const target = ref
      .split("/")
      .slice(1)
      .reduce<unknown>((at, name) => (isSchema(at) ? at[name] : undefined), root);
    return resolved(target, root, depth + 1);
  }
  const several = schema["anyOf"] ?? schema["oneOf"] ?? schema["allOf"];
  return Array.isArray(several) ? several.flatMap((each) => resolved(each, root, depth + 1)) : [schema];
}

const takesNumbers = ({ type }: Schema): boolean => type === "integer" || type === "number";

/** Something that fits, roughly: what is there under this name, the first choice, or the simplest of its kind. */
function sample(schema: unknown, root: Schema, name: string, depth = 0): unknown {
  const [first = {}] = resolved(schema, root);
  if (known[name] !== undefined) return known[name];
  if (first["const"] !== undefined) return first["const"];
  if (first["default"] !== undefined) return first["default"];
  if (Array.isArray(first["enum"])) return first["enum"][0];
  if (takesNumbers(first)) return 1;
  if (first["type"] === "boolean") return false;
  if (first["type"] === "array") return [];
  if (first["type"] === "object") return depth > 4 ? {} : objectOf(first, root, depth);
  if (first["format"] === "uuid") return "00000000-0000-4000-8000-000000000000";
  return "example";
}

function objectOf(schema: Schema, root: Schema, depth: number): Record<string, unknown> {
  const required = Array.isArray(schema["required"]) ? (schema["required"] as string[]) : [];
  const properties = isSchema(schema["properties"]) ? schema["properties"] : {};
  return Object.fromEntries(required.map((name) => [name, sample(properties[name], root, name, depth + 1)]));
}

/** The input with each number that it may hold set to one of `numbers`, one at a time. */
function withNumbers(schema: unknown, root: Schema, name = "", depth = 0): unknown[] {
  if (depth > 5) return [];
  return resolved(schema, root).flatMap((each): unknown[] => {
    if (takesNumbers(each)) return numbers;
    if (each["type"] === "array") return withNumbers(each["items"], root, name, depth + 1).map((item) => [item]);
    const properties = isSchema(each["properties"]) ? each["properties"] : {};
    const base = objectOf(each, root, depth);
    return Object.entries(properties).flatMap(([field, inner]) =>
      withNumbers(inner, root, field, depth + 1).map((value) => ({ ...base, [field]: value })),
    );
  });
}

const routes = restRouter().routes.filter(({ method }) => method !== "DELETE");

async function statusOf(method: string, path: string, body?: unknown): Promise<number> {
  const response = await serveRest(
    new Request(`http://127.0.0.1:3000${path}`, {
      method,
      headers: {
        authorization: `Bearer ${scene.north.members.owner.apiKey}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  await response.body?.cancel();
  return response.status;
}

const filled = (path: string, own: Record<string, string> = {}): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(own[name] ?? known[name] ?? "1"));

describe("B-29 numbers that nothing holds", () => {
  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))("%s", async (_, route) => {
    const { method, path, schemas } = route;
    const body = schemaOf(schemas.body);
    const query = schemaOf(schemas.query);
    const plain = schemas.body === null ? undefined : sample(body, body, "");
    const tries: [path: string, body: unknown][] = [];
    for (const number of numbers) {
      for (const [, name = ""] of path.matchAll(/\{(\w+)\}/g))
        tries.push([filled(path, { [name]: String(number) }), plain]);
      for (const name of Object.keys(isSchema(query["properties"]) ? query["properties"] : {}))
        tries.push([`${filled(path)}?${name}=${String(number)}`, plain]);
    }
    for (const value of withNumbers(body, body)) tries.push([filled(path), value]);
    for (const [address, sent] of tries)
      expect(await statusOf(method, address, sent), `${method} ${address} ${JSON.stringify(sent)}`).toBeLessThan(500);
  });

  // As it is when it runs: the type nests what the value has side by side.
  const procedures = appRouter._def.procedures as unknown as Record<
    string,
    { _def: { type: string; inputs: z.ZodType[] } }
  >;
  const called = Object.entries(procedures).flatMap(
    ([
      path,
      {
        _def: { type, inputs },
      },
    ]) => {
      const schemas = inputs.map(schemaOf);
      return type !== "subscription" && schemas.length > 0 ? [[path, schemas] as const] : [];
    },
  );

  it.each(called)("%s", async (path, schemas) => {
    const caller = createCaller({ actor: scene.north.members.owner.actor, requestId: "test" });
    const procedure = path
      .split(".")
      .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], caller) as (
      input: unknown,
    ) => Promise<unknown>;
    const base = Object.assign({}, ...schemas.map((schema) => sample(schema, schema, ""))) as object;
    for (const schema of schemas)
      for (const value of withNumbers(schema, schema)) {
        const input = { ...base, ...(value as object) };
        const status = await procedure(input).then(
          () => 200,
          (error: unknown) => refusalOf(error as never, "test").status,
        );
        expect(status, `${path} ${JSON.stringify(input)}`).toBeLessThan(500);
      }
  });

  it("looks at numbers in bodies, addresses and procedures", () => {
    const bodies = routes.filter(({ schemas }) => {
      const schema = schemaOf(schemas.body);
      return withNumbers(schema, schema).length > 0;
    });
    expect(bodies.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["/api/workflows/{idOrSlug}/executions", "/api/workflows/{idOrSlug}/rollback"]),
    );
    const numbered = called.filter(([, schemas]) => schemas.some((schema) => withNumbers(schema, schema).length > 0));
    expect(numbered.map(([path]) => path)).toEqual(expect.arrayContaining(["runs.list"]));
  });
});
