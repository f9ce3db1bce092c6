import { isJsonObject } from "@/core/json-guard";
import { checkSchema, type SchemaIssue } from "./validate-input";

/** What is wrong with a schema of a run's input or of a form's answers. */
export function objectSchemaProblems(schema: Parameters<typeof checkSchema>[0]): SchemaIssue[] {
  const never = neverAnObject(schema);
  return [...(never === null ? [] : [{ path: "", message: never }]), ...checkSchema(schema)];
}

/**
 * Why nothing that people fill in or send can ever fit, in a sentence, or null: input and answers are fields by name, and the schema
 * takes none. Looks at what the schema says of itself, not at what its references say.
 */
function neverAnObject(schema: unknown): string | null {
  if (!isJsonObject(schema)) return null;
  const { type } = schema;
  const types = Array.isArray(type) ? type : [type];
  const values = Array.isArray(schema["enum"])
    ? schema["enum"]
    : Object.hasOwn(schema, "const")
      ? [schema["const"]]
      : null;
  const fits = (type === undefined || types.includes("object")) && (values === null || values.some(isJsonObject));
  return fits
    ? null
    : `Nothing fits this schema: what comes in is an object of named fields, and the schema is about ${type === undefined ? "other values" : types.map(String).join(" or ")}. Set its type to object and describe the fields under properties.`;
}
