import { createServer } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { roleToGrant } from "../db/addresses";
import { checkEnvironment, childEnvironment } from "./child-environment";
import { readSettings } from "./settings";

const none = { owner: "", app: "" };
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "holdpoint-settings-"));
  vi.stubEnv("HOLDPOINT_DATA_DIR", dataDir);
  for (const name of [
    "HOST",
    "HOLDPOINT_BASE_URL",
    "NEXTAUTH_URL",
    "HOLDPOINT_DEMO",
    "DATABASE_URL",
    "HOLDPOINT_MIGRATION_DATABASE_URL",
    "INNGEST_DEV",
  ])
    vi.stubEnv(name, "");
  vi.stubEnv("PORT", "0");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true, force: true });
});

test("port 0 takes a free one, and the address names it", async () => {
  const settings = await readSettings();
  expect(settings.port).toBeGreaterThan(0);
  expect(settings.baseUrl).toBe(`http://127.0.0.1:${settings.port}`);
});

test("a port that is taken is named, with another to try", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  vi.stubEnv("PORT", String(address.port));
  await expect(readSettings()).rejects.toThrow(`Port ${address.port} on 127.0.0.1 is taken`);
  await new Promise((resolve) => server.close(resolve));
});

test.each([
  ["PORT", "http", /PORT is "http"/],
  ["PORT", "70000", /PORT is "70000"/],
  ["HOLDPOINT_DEMO", "yes", /HOLDPOINT_DEMO is "yes"/],
  ["HOLDPOINT_LOGS", "syslog", /HOLDPOINT_LOGS is "syslog"; it must be "files" or "stdout"/],
])("%s=%s stops with a sentence", async (name, value, sentence) => {
  vi.stubEnv(name, value);
  await expect(readSettings()).rejects.toThrow(sentence);
});

test("a worker with a real Inngest server gets a port of its own; with the embedded executor it needs none", async () => {
  expect((await readSettings()).workerPort).toBeUndefined();
  vi.stubEnv("INNGEST_DEV", "1");
  vi.stubEnv("HOLDPOINT_WORKER_PORT", "0");
  const { port, workerPort } = await readSettings();
  expect(workerPort).toBeGreaterThan(0);
  expect(workerPort).not.toBe(port);
});

test.each([
  [{}, true],
  [{ HOST: "0.0.0.0" }, false],
  [{ DATABASE_URL: "postgresql://somewhere/else" }, false],
  [{ HOLDPOINT_BASE_URL: "https://holdpoint.example.com" }, false],
  [{ NEXTAUTH_URL: "https://holdpoint.example.com" }, false],
  [{ HOLDPOINT_BASE_URL: "http://localhost:3000" }, true],
  [{ HOLDPOINT_DEMO: "off" }, false],
])("C1 demo mode with %j is %s", async (environment, expected) => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  expect((await readSettings()).demo).toBe(expected);
});

test("C1 a demo that others could reach stops the start with a sentence", async () => {
  vi.stubEnv("HOLDPOINT_DEMO", "on");
  vi.stubEnv("HOLDPOINT_BASE_URL", "https://holdpoint.example.com");
  const settings = await readSettings();
  expect(() => checkEnvironment(settings)).toThrow(/^HOLDPOINT_DEMO is "on", but the demo is for this machine alone/);
});

test("M7 the owner of the database migrates, and web and worker never hear of it", async () => {
  vi.stubEnv("DATABASE_URL", "postgresql://holdpoint_app:one@db.internal/holdpoint");
  expect(roleToGrant((await readSettings()).database ?? none)).toBeUndefined();
  vi.stubEnv("HOLDPOINT_MIGRATION_DATABASE_URL", "postgresql://owner:two@db.internal/holdpoint");
  const settings = await readSettings();
  expect(settings.database?.owner).toContain("owner:two");
  expect(roleToGrant(settings.database ?? none)).toBe("holdpoint_app");
  const environment = childEnvironment(settings, settings.database?.app ?? "");
  expect(environment["DATABASE_URL"]).toContain("holdpoint_app:one");
  expect(Object.values(environment).filter((value) => value?.includes("owner:two"))).toEqual([]);
});
