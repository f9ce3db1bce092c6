import { describe, expect, test } from "vitest";
import type { Json } from "@/core/json";
import { decodeBody } from "./http/decode-body";
import { outgoingHeaders } from "./outgoing-headers";
import { encodeBody } from "./request-body";

const said = (words: string): string => expect.stringContaining(words) as string;
const sent = async (type: string | null, body: Json) => {
  const encoded = await encodeBody("POST", type === null ? {} : { "content-type": type }, body);
  if (!encoded.ok) return encoded;
  const bytes = typeof encoded.body === "string" ? new TextEncoder().encode(encoded.body) : encoded.body;
  return { ...encoded, bytes: bytes ?? new Uint8Array(), type: encoded.headers["content-type"] ?? "" };
};

describe("B-33 a body is what its content type says", () => {
  test("several parts have their boundary: texts, lists, files, objects", async () => {
    const made = await sent("multipart/form-data", {
      who: "Zoë",
      tag: ["a", "b"],
      none: null,
      facts: { n: 1 },
      scan: { base64: "AQI=", type: "image/png", size: 2, name: "scan.png" },
    });
    if (!made.ok) throw new Error(made.message);
    expect(made.type).toMatch(/^multipart\/form-data; ?boundary=/);
    expect(await decodeBody(made.bytes, made.type)).toMatchObject({
      value: { who: "Zoë", tag: ["a", "b"], facts: '{"n":1}', scan: { base64: "AQI=", name: "scan.png" } },
    });
    const again = await sent("multipart/form-data", { who: "Zoë" });
    expect(again).toMatchObject({ compared: '{"who":"Zoë"}' });
  });

  test("bytes that came from one call go into the next as they are", async () => {
    const made = await sent("image/png", { base64: "AQI=", type: "image/png", size: 2 });
    expect(made).toMatchObject({ ok: true, bytes: Uint8Array.of(1, 2), type: "image/png" });
  });

  test.each<[string | null, Json, string]>([
    [null, { a: 1 }, '{"a":1}'],
    [null, "text", '"text"'],
    ["application/merge-patch+json", { base64: "AQI=" }, '{"base64":"AQI="}'],
    ["text/plain", 7, "7"],
    ["application/x-www-form-urlencoded", "a=1", "a=1"],
    ["application/x-www-form-urlencoded", { a: [1, { b: "x y" }] }, "a%5B0%5D=1&a%5B1%5D%5Bb%5D=x+y"],
  ])("%s with %j", async (type, body, text) => {
    const made = await sent(type, body);
    expect(made.ok && new TextDecoder().decode(made.bytes)).toBe(text);
  });

  test.each<[string, Json]>([
    ["text/xml", { a: 1 }],
    ["application/x-www-form-urlencoded", [1]],
    ["multipart/form-data", "text"],
  ])("%s with %j is refused by name", async (type, body) => {
    expect(await sent(type, body)).toMatchObject({ ok: false, message: said(type) });
  });

  test("a GET says that it carries no body", async () => {
    expect(await encodeBody("get", {}, { a: 1 })).toMatchObject({ ok: true, warnings: [said("GET")] });
  });
});

describe("B-33 B-64 headers", () => {
  test("what is set for the step wins, and what is left out is said", () => {
    const made = outgoingHeaders(
      { "X-A": "b", "Idempotency-Key": "mine", Host: "evil", Authorization: "mine" },
      { "idempotency-key": "ours", authorization: "Bearer x" },
    );
    expect(made).toMatchObject({
      ok: true,
      headers: { "x-a": "b", "idempotency-key": "ours", authorization: "Bearer x" },
      warnings: [said("Idempotency-Key"), said("Host"), said("Authorization")],
    });
  });

  test.each([
    ["X-A", "☃", '"☃"'],
    ["X-A", "😀", '"😀"'],
    ["X-A", "one\r\nx-injected: two", "a line break"],
    ["X-A", "a\u0000", "a control character"],
    ["bad name", "x", '"bad name"'],
  ])("%j: %j is named", (name, value, words) => {
    expect(outgoingHeaders({ [name]: value }, {})).toMatchObject({ ok: false, message: said(words) });
  });

  test("Latin-1 and tabs are fine", () => {
    expect(outgoingHeaders({ "X-A": "é\tx" }, {})).toMatchObject({ ok: true, warnings: [] });
  });
});
