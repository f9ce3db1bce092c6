import { expect, it } from "vitest";
import { z } from "zod";
import { connectionAuthSchema } from "@/connectors/auth/definitions";
import { operationSchema } from "@/core/workflow/edit/operation";
import { triggerDefinitions } from "@/triggers/definitions";
import { plainProblem } from "./plain-problem";

const said = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value, { error: plainProblem }).error?.issues.map(({ path, message }) => [path.join("."), message]);

it("where one field says which form it is, the answer says what it can be", () => {
  const kinds = "It must be one of: none, bearer, basic, header, query.";
  expect(said(connectionAuthSchema, { type: "foo" })).toEqual([["type", kinds]]);
  expect(said(connectionAuthSchema, { type: "baerer" })).toEqual([["type", `${kinds} Did you mean "bearer"?`]]);
  expect(said(connectionAuthSchema, {})).toEqual([["type", `It is missing. ${kinds}`]]);
  expect(said(connectionAuthSchema, { type: 7 })).toEqual([["type", kinds]]);
  expect(said(operationSchema(triggerDefinitions), { op: "nope" })?.[0]?.[1]).toContain(
    "It must be one of: add_node, ",
  );
  expect(said(z.object({ auth: connectionAuthSchema }), { auth: { type: null } })).toEqual([["auth.type", kinds]]);
});

it("the same where the forms are told apart by a field, and nobody said which", () => {
  const either = z.union([z.object({ kind: z.literal("a"), at: z.string() }), z.object({ kind: z.literal("b") })]);
  expect(said(either, { kind: "c" })).toEqual([["", 'Its "kind" is not right. It must be one of: a, b.']]);
  expect(said(either, { kind: "a" })).toEqual([["", 'Its "at" is not right. It is missing.']]);
});
