import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorBodySchema } from "@/core/contracts/error";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { TestDatabase } from "@/tests/database";
import { restRouter } from "@/server/routes/rest";
import { serveRest } from "@/server/routes/serve-rest";
import { anyText } from "@/tests/any-text";

let database: TestDatabase;
let organization: TestOrganization;

beforeAll(async () => {
  database = await useTestDatabase();
  organization = await createTestOrganization("north");
});
afterAll(() => database.close());

const routes = restRouter().routes;
const nasty = [
  "\0",
  "\ud800",
  "__proto__",
  "constructor",
  "../../etc/passwd",
  "%00",
  "' or 1=1 --",
  "${x}",
  "\u202e",
  "9".repeat(400),
  "-1",
  "1e999",
  "null",
  "[]",
  "{}",
  "💥".repeat(50),
];
const text = fc.oneof(anyText(), fc.string(), fc.constantFrom(...nasty));
const segment = fc.oneof(fc.uuid(), fc.webPath(), text.map(encode));

/** Percent-encoding that also takes halves of surrogate pairs. */
function encode(raw: string): string {
  return Array.from(raw)
    .map((character) =>
      /^[\w.~-]$/.test(character)
        ? character
        : `%${(character.codePointAt(0) ?? 0).toString(16).slice(-2).padStart(2, "0")}`,
    )
    .join("");
}

/** JSON that looks like what some route expects, more often than chance would have it. */
const fields = [
  "slug",
  "connector",
  "name",
  "base_url",
  "auth",
  "type",
  "token",
  "scopes",
  "expires_at",
  "path",
  "is_live",
  "spec",
  "input",
];
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    text,
    fc.double(),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    tie("list"),
    tie("object"),
  ),
  list: fc.array(tie("value"), { maxLength: 4 }),
  object: fc.dictionary(fc.oneof(fc.constantFrom(...fields), text), tie("value"), { maxKeys: 6 }),
}));
const body = fc.oneof(
  fc
    .tuple(json.object, fc.constant("application/json"))
    .map(([value, type]) => ({ text: JSON.stringify(value), type })),
  fc.record({
    text: fc.oneof(
      fc.string(),
      fc.constantFrom("", "{", "[[[[", '{"a":', "nul", "﻿{}", '{"files":[{"filepath":"/etc/passwd"}]}'),
    ),
    type: fc.constantFrom(
      "application/json",
      "text/plain",
      "multipart/form-data; boundary=x",
      "",
      "application/json; charset=utf-16",
    ),
  }),
);

const request = fc.record({
  route: fc.constantFrom(...routes),
  method: fc.oneof(
    { weight: 5, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS") },
  ),
  segments: fc.array(segment, { minLength: 3, maxLength: 3 }),
  query: fc.dictionary(
    fc.oneof(fc.constantFrom("limit", "offset", "cursor", "subject_type", "action", "status"), text),
    text,
    { maxKeys: 3 },
  ),
  key: fc.option(fc.oneof(fc.constant("Bearer x"), fc.stringMatching(/^[\x20-\x7e]{0,80}$/)), { freq: 8 }),
  idempotencyKey: fc.option(fc.stringMatching(/^[\x20-\x7e]{0,40}$/)),
  body,
});

describe("bad input", () => {
  it("10,000 requests: never a 5xx, and an error with code and message every time", { timeout: 300_000 }, async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(request, async (draft) => {
        const response = await serveRest(build(draft));
        const answered = await response.text();
        // Health says 503 here, as nothing is seeded.
        if (draft.route.path !== "/api/health") expect(response.status, answered).toBeLessThan(500);
        if (response.status >= 400 && response.status !== 503 && answered !== "") {
          refused += 1;
          const { error } = errorBodySchema.parse(JSON.parse(answered));
          expect(error.code).toBeTruthy();
          if (response.status === 422) expect(error.details.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 10_000 },
    );
    expect(refused).toBeGreaterThan(1_000);
  });
});

interface Draft {
  route: (typeof routes)[number];
  method: string | null;
  segments: string[];
  query: Record<string, string>;
  key: string | null;
  idempotencyKey: string | null;
  body: { text: string; type: string };
}

function build({
  route,
  method: otherMethod,
  segments,
  query,
  key,
  idempotencyKey,
  body: { text: content, type },
}: Draft): Request {
  const method = otherMethod ?? route.method;
  let index = 0;
  const path = route.path.replaceAll(/\{\w+\}/g, () => segments[index++] ?? "x");
  const search = Object.entries(query)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join("&");
  const headers: Record<string, string> = {
    authorization: key ?? `Bearer ${organization.members.owner.apiKey}`,
    "content-type": type,
  };
  if (idempotencyKey !== null) headers["idempotency-key"] = idempotencyKey;
  return new Request(`http://127.0.0.1:3000${path}?${search}`, {
    method,
    headers,
    ...(method === "GET" || method === "HEAD" ? {} : { body: content }),
  });
}
