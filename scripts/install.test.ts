import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { projectRoot } from "./db/project-files";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "holdpoint-install-"));
  mkdirSync(join(folder, "node_modules"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Packages = Record<string, { version: string } & Record<string, unknown>>;
const ofHere = { version: "26.10.0", optional: true, os: process.platform, cpu: process.arch };
const ofElsewhere = { version: "26.10.0", optional: true, os: ["aix"], cpu: [process.arch] };
const kit = { version: "1.0.0", dev: true };

/** Writes both lock files, the wanted one older or newer, and asks. */
function matches(wanted: Packages, installed: Packages, { newer = false, env = {} } = {}): boolean {
  const write = (path: string, packages: Packages, seconds: number): void => {
    writeFileSync(join(folder, path), JSON.stringify({ packages }));
    utimesSync(join(folder, path), seconds, seconds);
  };
  write("package-lock.json", { "": { version: "0" }, ...wanted }, newer ? 3_000 : 1_000);
  write("node_modules/.package-lock.json", installed, 2_000);
  const module = pathToFileURL(join(projectRoot, "scripts/install.mjs")).href;
  const source = `import { installedMatchesLock } from "${module}"; console.log(installedMatchesLock(process.argv[1]));`;
  const said = execFileSync(process.execPath, ["--input-type=module", "-e", source, folder], {
    encoding: "utf8",
    env: { ...process.env, NODE_ENV: "test", ...env },
  });
  return said.trim() === "true";
}

test("the same versions need no installation, another or none does", () => {
  const wanted = { "node_modules/a": { version: "1.0.0" } };
  expect(matches(wanted, wanted)).toBe(true);
  expect(matches(wanted, { "node_modules/a": { version: "1.0.1" } })).toBe(false);
  expect(matches(wanted, {})).toBe(false);
});

test("an optional package of this platform is asked for once after the lock file changed", () => {
  const wanted = { "node_modules/node-here": ofHere };
  expect(matches(wanted, {}, { newer: true })).toBe(false);
  // The mirror did not have it.
  expect(matches(wanted, {})).toBe(true);
  expect(matches({ "node_modules/node-elsewhere": ofElsewhere }, {}, { newer: true })).toBe(true);
});

test("an image does without the packages that built it; a working copy does not", () => {
  const wanted = { "node_modules/kit": kit };
  expect(matches(wanted, {}, { env: { NODE_ENV: "production" } })).toBe(false);
  mkdirSync(join(folder, "build"));
  writeFileSync(join(folder, "build/source-hash"), "x");
  expect(matches(wanted, {}, { env: { NODE_ENV: "production" } })).toBe(true);
  expect(matches(wanted, {})).toBe(false);
});
