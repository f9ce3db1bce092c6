import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { runObjectSchema, stepObjectSchema } from "@/core/contracts/run-rest";
import { stepErrorCodes } from "./step-error-codes";

const codes = Object.keys(stepErrorCodes);

it("the codes of failed steps are documented as they are", () => {
  const page = readFileSync("docs/step-errors.md", "utf8");
  const rows = [...page.matchAll(/^\| `([a-z_0-9]+)` \| (.+) \|$/gm)].map(([, code, words]) => [code, words]);
  expect(rows).toEqual(Object.entries(stepErrorCodes));
});

it.each([
  ["run", runObjectSchema],
  ["step", stepObjectSchema],
])("the reference lists the codes that the error of a %s can have", (_what, schema) => {
  const made = z.toJSONSchema(schema, { io: "output", unrepresentable: "any" });
  const named = made.$defs?.[made.$ref?.replace("#/$defs/", "") ?? ""];
  expect((named ?? made).properties?.["error"]).toMatchObject({
    anyOf: [{ properties: { code: { enum: codes } } }, { type: "null" }],
  });
});
