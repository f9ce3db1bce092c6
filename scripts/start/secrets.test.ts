import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { instanceSecrets } from "./secrets";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "holdpoint-secrets-"));
  for (const name of ["NEXTAUTH_SECRET", "HOLDPOINT_ENCRYPTION_KEYS"]) vi.stubEnv(name, "");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true, force: true });
});

test("secrets are made once, stay the same, and are for their owner only", () => {
  const first = instanceSecrets(dataDir);
  expect(instanceSecrets(dataDir)).toEqual(first);
  expect(first.HOLDPOINT_ENCRYPTION_KEYS).toMatch(/^k1:[A-Za-z0-9+/]{43}=$/);
  expect(first.NEXTAUTH_SECRET?.length).toBeGreaterThanOrEqual(32);
  for (const name of Object.keys(first)) expect(statSync(join(dataDir, "secrets", name)).mode & 0o077).toBe(0);
});

test("a secret that is set wins and is not written down", () => {
  vi.stubEnv("NEXTAUTH_SECRET", "given by the operator, long enough for anything");
  expect(instanceSecrets(dataDir).NEXTAUTH_SECRET).toContain("given by the operator");
  expect(() => statSync(join(dataDir, "secrets", "NEXTAUTH_SECRET"))).toThrow("ENOENT");
});
