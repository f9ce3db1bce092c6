import { reservedNames } from "@/core/admissible-json";
import type { JsonObject } from "@/core/json";
import { storableText } from "@/core/storable-text";
import { isSeenHeader } from "@/core/workflow/trigger-request";

const maxHeaders = 100;
const maxValue = 2000;
const maxQuery = 200;

/**
 * What a webhook's expressions see of a call beside its body, and what is kept with the call: the method, the query (a name that
 * comes several times is a list), the content type, and the headers that prove nothing about the sender, in lower case.
 */
export function callRequest(method: string, url: string, headers: Headers): JsonObject {
  const query: JsonObject = {};
  const { searchParams } = new URL(url);
  for (const name of [...new Set(searchParams.keys())].filter(isPlainName).slice(0, maxQuery)) {
    const values = searchParams.getAll(name).map(storableText);
    query[name] = values.length === 1 ? (values[0] ?? "") : values;
  }
  const seen = [...headers].filter(([name]) => isSeenHeader(name) && isPlainName(name)).slice(0, maxHeaders);
  return {
    method,
    contentType: headers.get("content-type"),
    query,
    headers: Object.fromEntries(seen.map(([name, value]) => [name, storableText(value).slice(0, maxValue)])),
  };
}

function isPlainName(name: string): boolean {
  return !reservedNames.has(name);
}
