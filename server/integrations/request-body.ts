import type { Json, JsonObject } from "@/core/json";

const bodiless = new Set(["GET", "HEAD"]);

/** The bytes of a body and the headers that go with it. An object becomes a form where the headers ask for one. */
export function encodeBody(
  method: string,
  headers: Record<string, string>,
  body: Json | undefined,
): { headers: Record<string, string>; body?: string } {
  if (body === undefined || body === null || bodiless.has(method.toUpperCase())) return { headers };
  const contentType = headers["content-type"];
  if (contentType === undefined)
    return { headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) };
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType) && isObject(body))
    return { headers, body: encodeForm(body) };
  if (typeof body === "string" && !/[/+]json\b/i.test(contentType)) return { headers, body };
  return { headers, body: JSON.stringify(body) };
}

/** `{a: {b: 1}, c: [2]}` -> `a[b]=1&c[0]=2`; null is left out. */
function encodeForm(body: JsonObject): string {
  const form = new URLSearchParams();
  const add = (name: string, value: Json): void => {
    if (value === null) return;
    if (typeof value !== "object") form.append(name, String(value));
    else for (const [key, inner] of Object.entries(value)) add(`${name}[${key}]`, inner);
  };
  for (const [name, value] of Object.entries(body)) add(name, value);
  return form.toString();
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
