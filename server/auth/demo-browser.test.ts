import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetEnv } from "@/server/env";
import { isDemoBrowser, openDemoLink } from "./demo-browser";
import { demoCredentialsPath, renewDemoLink, writeDemoCredentials } from "./demo-link";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "holdpoint-demo-"));
  start("on");
  writeDemoCredentials(dataDir, { baseUrl: "http://127.0.0.1:3000", apiKey: "kept" });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
  forgetEnv();
  rmSync(dataDir, { recursive: true, force: true });
});

function start(demo: "on" | "off"): void {
  vi.stubEnv("DATABASE_URL", "postgresql://localhost/none");
  vi.stubEnv("NEXTAUTH_SECRET", "a-secret-that-is-long-enough-for-this-test");
  vi.stubEnv("HOLDPOINT_ENCRYPTION_KEYS", "k1:unused");
  vi.stubEnv("HOLDPOINT_BASE_URL", "http://127.0.0.1:3000");
  vi.stubEnv("HOLDPOINT_DATA_DIR", dataDir);
  vi.stubEnv("HOLDPOINT_DEMO", demo);
  forgetEnv();
}

const tokenOf = (link: string | undefined): string => new URL(link ?? "").searchParams.get("demo") ?? "";
const printed = (): string => tokenOf(renewDemoLink(dataDir));
const cookieOf = (setCookie: string | null): string => (setCookie ?? "").split(";")[0] ?? "";

test("C1 a sign-in link is good for one browser, and the file then has another one", () => {
  const token = printed();
  const setCookie = openDemoLink(token);
  expect(setCookie).toMatch(/; HttpOnly; SameSite=Lax$/);
  expect(setCookie).not.toContain(token);
  expect(isDemoBrowser(cookieOf(setCookie))).toBe(true);
  expect(openDemoLink(token)).toBeNull();
  const file = JSON.parse(readFileSync(demoCredentialsPath(dataDir), "utf8")) as Record<string, string>;
  expect(file["apiKey"]).toBe("kept");
  expect(statSync(demoCredentialsPath(dataDir)).mode & 0o077).toBe(0);
  expect(openDemoLink(tokenOf(file["signInUrl"]))).not.toBeNull();
});

test("C1 nobody gets in with a link of an earlier start, a guess, or nothing", () => {
  const earlier = printed();
  printed();
  for (const token of [earlier, "", "x".repeat(32)]) expect(openDemoLink(token)).toBeNull();
});

test("C1 a cookie that was made up, changed or is a day old lets nobody choose", () => {
  const cookie = cookieOf(openDemoLink(printed()));
  const [name = "", value = ""] = cookie.split("=");
  const seal = value.split(".")[1] ?? "";
  for (const other of [
    null,
    "",
    `${name}=`,
    `${name}=9999999999.${seal}`,
    `${name}=9999999999`,
    `${name}=Infinity.${seal}`,
  ])
    expect(isDemoBrowser(other)).toBe(false);
  vi.useFakeTimers({ now: Date.now() + 12 * 60 * 60 * 1_000 + 1_000 });
  expect(isDemoBrowser(cookie)).toBe(false);
});

test("C1 with the demo off neither a link nor a cookie is worth anything", () => {
  const cookie = cookieOf(openDemoLink(printed()));
  const next = printed();
  start("off");
  expect(openDemoLink(next)).toBeNull();
  expect(isDemoBrowser(cookie)).toBe(false);
});
