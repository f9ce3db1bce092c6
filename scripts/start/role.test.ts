import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readRole } from "./role";

const complete: Record<string, string> = {
  INNGEST_BASE_URL: "http://inngest.internal:8288",
  DATABASE_URL: "postgresql://db.internal/holdpoint",
  NEXTAUTH_SECRET: "the same on every machine, long enough for anything",
  HOLDPOINT_ENCRYPTION_KEYS: "k1:AAAA",
  HOLDPOINT_BASE_URL: "https://holdpoint.example.com",
};

beforeEach(() => {
  for (const name of ["HOLDPOINT_ROLE", "INNGEST_DEV", "INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY"])
    vi.stubEnv(name, "");
  for (const [name, value] of Object.entries(complete)) vi.stubEnv(name, value);
});
afterEach(() => vi.unstubAllEnvs());

test("without a role everything runs here", () => {
  for (const name of Object.keys(complete)) vi.stubEnv(name, "");
  expect(readRole()).toBe("all");
});

test.each(["web", "worker"])("a complete installation may run %s alone", (role) => {
  vi.stubEnv("HOLDPOINT_ROLE", role);
  expect(readRole()).toBe(role);
});

test.each([
  ["INNGEST_BASE_URL", /^HOLDPOINT_ROLE is "web", which needs a real Inngest server/],
  ["DATABASE_URL", /^DATABASE_URL is not set, and HOLDPOINT_ROLE is "web": the embedded database is for one machine/],
  ["NEXTAUTH_SECRET", /^NEXTAUTH_SECRET is not set, and .*every machine needs the same one/],
  ["HOLDPOINT_ENCRYPTION_KEYS", /^HOLDPOINT_ENCRYPTION_KEYS is not set, and .*every machine needs the same ones/],
  ["HOLDPOINT_BASE_URL", /^HOLDPOINT_BASE_URL is not set/],
])("a part of one without %s is refused with a sentence", (name, sentence) => {
  vi.stubEnv("HOLDPOINT_ROLE", "web");
  vi.stubEnv(name, "");
  expect(readRole).toThrow(sentence);
});

test("a role that does not exist is refused", () => {
  vi.stubEnv("HOLDPOINT_ROLE", "database");
  expect(readRole).toThrow('HOLDPOINT_ROLE is "database"; it must be "web", "worker" or "all".');
});
