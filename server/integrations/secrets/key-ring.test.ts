import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { connectionContext, createKeyRing } from "./key-ring";
import { anyText } from "@/tests/any-text";

const key = (): string => randomBytes(32).toString("base64");
const first = `k1:${key()}`;
const second = `k2:${key()}`;
const ring = createKeyRing(first);
const context = connectionContext("org-a", "con-1");

describe("key ring", () => {
  test("opens what it sealed, for any text", () => {
    fc.assert(
      fc.property(anyText(), fc.string(), (plain, place) => {
        expect(ring.open(ring.seal(plain, place), place)).toBe(Buffer.from(plain, "utf8").toString("utf8"));
      }),
    );
  });

  test("the same secret never looks the same twice, and never shows", () => {
    const sealed = new Set(Array.from({ length: 100 }, () => ring.seal("canary-secret", context)));
    expect(sealed.size).toBe(100);
    for (const text of sealed) expect(text).not.toContain("canary");
  });

  test("opens only where it was sealed", () => {
    const sealed = ring.seal("s", context);
    for (const other of [connectionContext("org-b", "con-1"), connectionContext("org-a", "con-2"), ""]) {
      expect(() => ring.open(sealed, other)).toThrow();
    }
  });

  test("every changed character is noticed", () => {
    const sealed = ring.seal("secret", context);
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = `${sealed.slice(0, index)}${sealed[index] === "A" ? "B" : "A"}${sealed.slice(index + 1)}`;
      // The last character of base64url may carry spare bits that decode to the same bytes.
      const opened = attempt(() => ring.open(changed, context));
      expect(opened === null || (index === sealed.length - 1 && opened === "secret")).toBe(true);
    }
    for (const bad of ["", "v1", "v1.k1", "v1.k1.", "v2.k1.AAAA", "v1.k1.AAAA", `${sealed}.x`])
      expect(() => ring.open(bad, context)).toThrow();
  });

  test("a new first key seals, the old one still opens, and rotation moves over", () => {
    const old = ring.seal("secret", context);
    const both = createKeyRing(`${second}, ${first}`);
    expect(both.open(old, context)).toBe("secret");
    expect(both.needsRotation(old)).toBe(true);
    const fresh = both.rotate(old, context);
    expect(both.needsRotation(fresh)).toBe(false);
    expect(createKeyRing(second).open(fresh, context)).toBe("secret");
    expect(() => createKeyRing(second).open(old, context)).toThrow(/"k1"/);
  });

  test("a secret cannot be moved to another key's name", () => {
    const shared = key();
    const a = createKeyRing(`a:${shared},b:${shared}`);
    expect(() => a.open(a.seal("s", context).replace("v1.a.", "v1.b."), context)).toThrow();
  });

  test.each([
    "",
    "k1",
    "k1:short",
    `:${key()}`,
    `k 1:${key()}`,
    `${first},${first}`,
    `k1:${randomBytes(16).toString("base64")}`,
  ])("refuses the setting %# with a sentence that holds no key", (text) => {
    const message = attempt(
      () => {
        createKeyRing(text);
        return null;
      },
      (error) => error.message,
    );
    expect(message).toContain("HOLDPOINT_ENCRYPTION_KEYS");
    expect(message).not.toContain(first.slice(3, 20));
  });
});

function attempt<T>(work: () => T, failed: (error: Error) => T | null = () => null): T | null {
  try {
    return work();
  } catch (error) {
    return failed(error instanceof Error ? error : new Error(String(error)));
  }
}
