import { beforeAll, expect, test, vi } from "vitest";
import { forgetEnv } from "@/server/env";
import { requireSameOrigin } from "./same-origin";

beforeAll(() => {
  vi.stubEnv("DATABASE_URL", "postgresql://localhost/none");
  vi.stubEnv("NEXTAUTH_SECRET", "a-secret-that-is-long-enough-for-this-test");
  vi.stubEnv("HOLDPOINT_ENCRYPTION_KEYS", "k1:unused");
  vi.stubEnv("HOLDPOINT_BASE_URL", "http://127.0.0.1:3000");
  forgetEnv();
});

test("H1 a page whose name leads here is not ours because it says so in Host", () => {
  const headers = (origin: string, host: string) => new Headers({ origin, host });
  expect(() => requireSameOrigin(headers("http://attacker.test:3000", "attacker.test:3000"))).toThrow(
    /came from another site/,
  );
  expect(() => requireSameOrigin(headers("http://127.0.0.1:3000", "127.0.0.1:3000"))).not.toThrow();
});
