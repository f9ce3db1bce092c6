import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockDataDirectory } from "./instance-lock";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "holdpoint-lock-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const lockFile = () => join(dir, "run", "start.pid");

test("names the live process that has the data directory", () => {
  lockDataDirectory(dir);
  writeFileSync(lockFile(), `${process.ppid}\n`);
  expect(() => lockDataDirectory(dir)).toThrow(`process ${process.ppid}`);
});

test("takes over from a process that is gone, and gives the directory back", () => {
  lockDataDirectory(dir);
  // Above every limit that Linux knows for process numbers.
  writeFileSync(lockFile(), "99999999\n");
  const unlock = lockDataDirectory(dir);
  expect(readFileSync(lockFile(), "utf8")).toBe(`${process.pid}\n`);
  unlock();
  expect(() => readFileSync(lockFile())).toThrow("ENOENT");
});
