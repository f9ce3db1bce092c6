import { expect, it } from "vitest";
import { startExecutionSchema, createWorkflowSchema, validateWorkflowSchema } from "./workflow-rest";
import { admittedJson, admittedObject } from "./admitted-json";

/** Something large inside of a body; looking into it is noticed. */
function watched(): { value: Record<string, unknown>; looks: () => number } {
  let looks = 0;
  const part = Object.defineProperty({}, "field", { enumerable: true, get: () => (looks += 1) });
  return { value: { list: [part, part] }, looks: () => looks };
}

it("R11 what the gate has looked at is not looked at again", () => {
  const { value, looks } = watched();
  expect(startExecutionSchema.parse({ input: value }).input).toEqual({ list: value["list"] });
  const before = looks();
  for (const schema of [validateWorkflowSchema, createWorkflowSchema])
    expect(schema.safeParse({ spec: value, triggers: value, config: value }).success).toBe(true);
  expect(startExecutionSchema.safeParse({ input: value }).success).toBe(true);
  expect(looks()).toBe(before);
});

it("R11 what is left out, or no object where one must be, is refused as before", () => {
  expect(validateWorkflowSchema.safeParse({}).success).toBe(false);
  expect(admittedJson.safeParse(undefined).success).toBe(false);
  for (const value of [null, 0, "", false, [], {}]) expect(admittedJson.safeParse(value).success).toBe(true);
  for (const value of [null, 0, "", false, []]) expect(admittedObject.safeParse(value).success).toBe(false);
  expect(startExecutionSchema.parse({}).input).toEqual({});
});
