import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { asObject } from "@/core/json";

const bodiless = new Set(["GET", "HEAD"]);

export type EncodedBody =
  | {
      ok: true;
      headers: Record<string, string>;
      body?: string | Uint8Array<ArrayBuffer>;
      /** Tells two bodies apart; the same for a repeat, which the bytes of a multipart body are not. */
      compared: string | undefined;
      warnings: string[];
    }
  | { ok: false; message: string };

/**
 * The bytes of a body and the headers that go with it, as the step's content type asks: JSON unless it says otherwise,
 * a form, several parts, text, or the bytes of `{base64, …}`. A body that its type cannot carry is refused.
 */
export async function encodeBody(
  method: string,
  headers: Record<string, string>,
  body: Json | undefined,
): Promise<EncodedBody> {
  if (body === undefined || body === null) return { ok: true, headers, compared: undefined, warnings: [] };
  if (bodiless.has(method.toUpperCase()))
    return {
      ok: true,
      headers,
      compared: undefined,
      warnings: [`A ${method.toUpperCase()} request carries no body, so the step's body was left out.`],
    };
  const { "content-type": contentType, ...rest } = headers;
  const type = contentType?.split(";")[0]?.trim().toLowerCase();
  if (type === "multipart/form-data") return encodeParts(rest, body);
  const written = (text: string): EncodedBody => ({
    ok: true,
    headers: { ...rest, "content-type": contentType ?? "application/json" },
    body: text,
    compared: text,
    warnings: [],
  });
  if (type === undefined || /[/+]json$/.test(type)) return written(JSON.stringify(body));
  if (typeof body !== "object") return written(String(body));
  if (type === "application/x-www-form-urlencoded" && !Array.isArray(body)) return written(encodeForm(body));
  const bytes = bytesOf(body);
  if (bytes !== null) return { ok: true, headers, body: bytes, compared: JSON.stringify(body), warnings: [] };
  return {
    ok: false,
    message: `The body is ${Array.isArray(body) ? "a list" : "an object"}, which ${type} cannot carry. Write the body as text, for example with json(…), or set the content type to application/json.`,
  };
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

/** Each field a part; a list repeats its part; `{base64, type, name}` is a file; other objects are JSON. */
async function encodeParts(headers: Record<string, string>, body: Json): Promise<EncodedBody> {
  if (!isJsonObject(body))
    return {
      ok: false,
      message: "A multipart/form-data body is made of named fields. Write the body as an object.",
    };
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) for (const each of [value].flat()) addPart(form, name, each);
  const made = new Response(form);
  const bytes = new Uint8Array(await made.arrayBuffer());
  return {
    ok: true,
    headers: { ...headers, "content-type": made.headers.get("content-type") ?? "multipart/form-data" },
    body: bytes,
    compared: JSON.stringify(body),
    warnings: [],
  };
}

function addPart(form: FormData, name: string, value: Json): void {
  if (value === null) return;
  const bytes = bytesOf(value);
  if (bytes === null) {
    form.append(name, typeof value === "object" ? JSON.stringify(value) : String(value));
    return;
  }
  const { type, name: fileName } = asObject(value);
  const blob = new Blob([bytes], { type: typeof type === "string" ? type : "application/octet-stream" });
  form.append(name, blob, typeof fileName === "string" && fileName !== "" ? fileName : name);
}

/** The bytes of `{base64, type, size}`, the form in which binary answers and files are kept; null for anything else. */
function bytesOf(value: Json): Uint8Array<ArrayBuffer> | null {
  const { base64, ...rest } = asObject(value);
  const isFile = Object.keys(rest).every((key) => key === "type" || key === "size" || key === "name");
  if (typeof base64 !== "string" || !isFile || !/^[A-Za-z0-9+/_-]*={0,2}$/.test(base64)) return null;
  return new Uint8Array(Buffer.from(base64, "base64"));
}
