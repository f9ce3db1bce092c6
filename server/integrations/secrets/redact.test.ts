import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "@/core/json";
import { redact, redacted, redactText, redactValues } from "./redact";

const secret = 'sk_live_"canary"+/=ü';

describe("S11 redaction", () => {
  test("by value, in every form a secret takes", () => {
    const forms = [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString("base64"),
      Buffer.from(secret).toString("base64url"),
      JSON.stringify({ a: secret }),
    ];
    for (const form of forms) {
      const hidden = redactText(`before ${form} after`, [secret]);
      expect(hidden).toContain(redacted);
      expect(hidden).not.toContain("canary");
      expect(hidden).toMatch(/^before .* after$/);
    }
  });

  test("by the name of the key, whatever it holds", () => {
    const value = {
      Authorization: "Bearer x",
      headers: { "X-Api-Key": "1", cookie: ["a"], ok: "fine" },
      password: 7,
      clientSecret: { deep: 1 },
      has_token: true,
      token: null,
    };
    expect(redact(value, [])).toEqual({
      Authorization: redacted,
      headers: { "X-Api-Key": redacted, cookie: redacted, ok: "fine" },
      password: redacted,
      clientSecret: redacted,
      has_token: true,
      token: null,
    });
  });

  test("data for later steps keeps its keys and loses only known secrets", () => {
    expect(redactValues({ token: "abc", echo: ["x", secret], [secret]: 1 }, [secret])).toEqual({
      token: "abc",
      echo: ["x", redacted],
      [secret]: 1,
    });
  });

  test("3.14 business data is not rewritten: short secrets, parts of words, keys", () => {
    const data = {
      product: "prod",
      environment: ["prod", "production"],
      plan: "enterprise-plan",
      enterprise: { enterprises: "my_enterprise" },
    };
    for (const credential of ["prod", "enterprise"]) expect(redactValues(data, [credential])).toEqual(data);
    expect(redactValues({ a: "key=enterprise&b=1", b: "Bearer enterprise" }, ["enterprise"])).toEqual({
      a: `key=${redacted}&b=1`,
      b: `Bearer ${redacted}`,
    });
    // Records are not worked with: there, nothing of a secret is left.
    expect(redact({ product: "prod", xenterprisex: "xenterprisex" }, ["prod", "enterprise"])).toEqual({
      product: redacted,
      [`x${redacted}x`]: `x${redacted}x`,
    });
  });

  test("3.14 data without the secret as a word of its own is untouched, and its keys always are", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ minLength: 4, maxLength: 12 }), (data, credential) => {
        const value = JSON.parse(JSON.stringify({ data, [credential]: `x${credential}y` })) as Json;
        const made = redactValues(value, [credential]);
        expect(keysOf(made)).toEqual(keysOf(value));
        const holdsIt = JSON.stringify(data).includes(JSON.stringify(credential).slice(1, -1));
        if (!holdsIt && /^[\w-]+$/.test(credential)) expect(made).toEqual(value);
      }),
    );
  });

  test("short values are not treated as secrets, nothing to hide changes nothing", () => {
    expect(redactValues({ a: "banana" }, ["a", "an", ""])).toEqual({ a: "banana" });
    expect(redactText("text", [])).toBe("text");
  });

  test("no canary survives anywhere in any JSON value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.base64String({ minLength: 16, maxLength: 40 }), (value, canary) => {
        const seeded: Json = JSON.parse(
          JSON.stringify({ value, list: [canary, { inner: `x ${canary}.y` }], at: `?key=${canary}&x=1`, [canary]: 1 }),
        ) as Json;
        expect(JSON.stringify(Object.values(redactValues(seeded, [canary]) as object).slice(1, 3))).not.toContain(
          canary,
        );
        const recorded: Json = { seeded, inside: `x${canary}y` };
        expect(JSON.stringify(redact(recorded, [canary]))).not.toContain(canary);
        expect(redactText(JSON.stringify(recorded), [canary])).not.toContain(canary);
      }),
    );
  });
});

describe("L1 a secret that a service turns round", () => {
  const key = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";
  const bytes = Buffer.from(key);
  const disguises: [string, string][] = [
    ["hex", bytes.toString("hex")],
    ["hex in capitals", bytes.toString("hex").toUpperCase()],
    ["backwards", Array.from(key).reverse().join("")],
    ["capitals", key.toUpperCase()],
    ["small letters", key.toLowerCase()],
    ["all but the last three characters", key.slice(0, -3)],
    ["its first half", `key ${key.slice(0, 16)}...`],
    ...[1, 2, 3].map((more): [string, string] => [
      `base64 with ${String(more)} before`,
      Buffer.from(`${"x".repeat(more)}${key}:y`).toString("base64"),
    ]),
  ];

  test.each(disguises)("L1 %s", (_, text) => {
    const readable = (shown: string) => shown.replaceAll(redacted, "").length;
    for (const shown of [redactText(text, [key]), redact(text, [key]), redactValues(text, [key])]) {
      expect(shown).toContain(redacted);
      expect(readable(String(shown))).toBeLessThan(12);
    }
  });

  test("L1 a beginning of eight characters is enough in records; data keeps what may be a word", () => {
    expect(redactText("sk_live_ and sk_live", [key])).toBe(`${redacted} and sk_live`);
    expect(redactValues({ mode: "sk_live_", order: "enterprise-42" }, [key, "enterprise-plan-2026"])).toEqual({
      mode: "sk_live_",
      order: "enterprise-42",
    });
  });
});

function keysOf(value: Json): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}
