import type { JsonObject } from "@/core/json";

const fields: JsonObject = { type: "object", additionalProperties: true };

/** What a route that takes bytes as they come can read; see docs/webhooks.md. */
export const anyContent: JsonObject = {
  "application/json": { schema: { description: "Any JSON value; an object is the workflow's input as it is" } },
  "application/x-www-form-urlencoded": {
    schema: { ...fields, description: "Its fields; repeats are a list, a field payload that holds JSON is read" },
  },
  "multipart/form-data": {
    schema: { ...fields, description: "Its fields; a file becomes {base64, type, size, name}" },
  },
  "text/plain": { schema: { type: "string", description: "Becomes {text}; XML too" } },
  "*/*": { schema: { type: "string", format: "binary", description: "Becomes {base64, type, size}" } },
};

/** What a route takes that keeps files. */
export const fileContent: JsonObject = {
  "*/*": { schema: { type: "string", format: "binary", description: "The file, as it is" } },
};

/** What a route answers with beside JSON whose owner chooses the form of its answers; see docs/webhooks.md. */
export const plainContent: JsonObject = {
  "text/plain": {
    schema: { type: "string", description: "Where the trigger says answer: text, and of checks of the address" },
  },
};
