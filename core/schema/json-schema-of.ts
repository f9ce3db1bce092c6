import { z } from "zod";
import type { JsonObject } from "@/core/json";

/** The JSON Schema of one field, as it is written (before defaults). */
export function jsonSchemaOf(schema: z.ZodType): JsonObject {
  const made: unknown = z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" });
  // What zod makes is a JSON Schema document and so JSON.
  return JSON.parse(JSON.stringify(made)) as JsonObject;
}
