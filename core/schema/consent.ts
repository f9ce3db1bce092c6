import type { JsonObject } from "@/core/json";

/** A question that only "yes" answers, such as agreeing to terms: no default and no filled-in value may say it for the person. */
export function isConsent({ type, const: only, enum: allowed }: JsonObject): boolean {
  if (only === true) return true;
  return isBoolean(type) && Array.isArray(allowed) && allowed.length === 1 && allowed[0] === true;
}

/** The same where no form is drawn: what is not said to be a yes or no may be any mark of a document. */
export function isStatedConsent(schema: JsonObject): boolean {
  return isBoolean(schema.type) && isConsent(schema);
}

function isBoolean(type: JsonObject[string] | undefined): boolean {
  return Array.isArray(type) ? type.includes("boolean") : type === "boolean";
}
