import { asObject, type JsonObject } from "@/core/json";

/** Names of inputs that tell runs apart, best first. */
const telling = ["email", "customer", "customerId", "customer_id", "name", "id", "order"];
const longest = 200;

/** What lists call a run: the first e-mail, name or id of its input. Written at the start, so that lists load no input. */
export function subjectOf(input: JsonObject): string | null {
  const fields = asObject(input);
  for (const name of telling) {
    const value = fields[name];
    if (typeof value === "string" || typeof value === "number")
      return Array.from(String(value)).slice(0, longest).join("");
  }
  return null;
}
