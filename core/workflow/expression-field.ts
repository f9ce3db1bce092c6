import { z } from "zod";

/** A bare expression, or a JSON-logic object that is translated to one. */
export const expressionField = z
  .union([z.string().min(1), z.record(z.string(), z.json())])
  .describe("Expression over input, vars and step.<id>.output, without ${ }");

/** The expression as people read it on a card. */
export function expressionText(expression: unknown): string {
  return typeof expression === "string" ? expression : JSON.stringify(expression);
}
