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
      [redacted]: 1,
    });
  });

  test("short values are not treated as secrets, nothing to hide changes nothing", () => {
    expect(redactValues({ a: "banana" }, ["a", "an", ""])).toEqual({ a: "banana" });
    expect(redactText("text", [])).toBe("text");
  });

  test("no canary survives anywhere in any JSON value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.base64String({ minLength: 16, maxLength: 40 }), (value, canary) => {
        const seeded: Json = JSON.parse(
          JSON.stringify({ value, list: [canary, { inner: `x${canary}y` }], [canary]: canary }),
        ) as Json;
        expect(JSON.stringify(redactValues(seeded, [canary]))).not.toContain(canary);
        expect(JSON.stringify(redact(seeded, [canary]))).not.toContain(canary);
      }),
    );
  });
});
