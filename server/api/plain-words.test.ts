import { describe, expect, it } from "vitest";
import { z } from "zod";
import { plainProblem } from "@/core/plain-problem";
import { restRouter } from "@/server/routes/rest";
import { appRouter } from "@/server/routes/root";

/** What only the validator library would say. */
const libraryWords =
  /invalid|expected|received|unrecognized|too (?:big|small)|must match|of the form|pattern|regex|\/\^|NaN|undefined/i;

const junk: readonly unknown[] = [
  undefined,
  null,
  NaN,
  -1,
  0.5,
  1e300,
  "",
  "  ",
  "x".repeat(300_000),
  "http://[",
  true,
  [],
  [null],
  {},
  { "": null },
  { nope: { nope: 1 } },
];

/** Values that a schema may refuse: each piece of junk as a whole, and in the place of each field, two levels deep. */
function* tries(schema: unknown, depth = 2): Generator {
  yield* junk;
  if (depth === 0) return;
  const inner = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable;
  if (inner) return yield* tries(schema.unwrap(), depth);
  if (schema instanceof z.ZodPipe) return yield* tries(schema.in, depth);
  if (schema instanceof z.ZodArray) for (const value of tries(schema.element, depth - 1)) yield [value];
  if (schema instanceof z.ZodUnion) for (const option of schema.options) yield* tries(option, depth);
  if (schema instanceof z.ZodRecord) for (const value of tries(schema.valueType, depth - 1)) yield { name: value };
  if (!(schema instanceof z.ZodObject)) return;
  for (const [name, field] of Object.entries(schema.shape))
    for (const value of tries(field, depth - 1)) yield { [name]: value, unknown_one: 1 };
}

function libraryMessages(schema: z.ZodType, how?: { error: typeof plainProblem }): string[] {
  const said = new Set<string>();
  for (const value of tries(schema)) {
    for (const { message, path } of schema.safeParse(value, how).error?.issues ?? []) {
      // Names and values that stand in quotes are the caller's.
      if (libraryWords.test(message.replaceAll(/"[^"]*"/g, ""))) said.add(`${path.join(".")}: ${message}`);
    }
  }
  return [...said];
}

describe("B-49 no answer speaks the validator library's words", () => {
  const routes = restRouter().routes.flatMap(({ method, path, schemas }) =>
    [schemas.params, schemas.query, schemas.body].flatMap((schema): [string, z.ZodType][] =>
      schema === null ? [] : [[`${method} ${path}`, schema]],
    ),
  );
  it.each(routes)("%s", (_name, schema) => {
    expect(libraryMessages(schema, { error: plainProblem })).toEqual([]);
  });

  const procedures = Object.entries(appRouter._def.procedures).flatMap(([path, procedure]) =>
    inputsOf(procedure).map((schema): [string, z.ZodType] => [path, schema]),
  );
  it.each(procedures)("%s", (_path, schema) => {
    // As tRPC reads them: nobody hands it any words.
    expect(libraryMessages(schema)).toEqual([]);
  });
});

function inputsOf(procedure: unknown): z.ZodType[] {
  const inputs: unknown = (procedure as { _def: { inputs: unknown } })._def.inputs;
  return Array.isArray(inputs) ? inputs.filter((input) => input instanceof z.ZodType) : [];
}
