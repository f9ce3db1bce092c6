import { isBuiltin } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import manifest from "@/package.json";
import nextConfig from "@/next.config";
import { presentBundleEntries } from "./build/commands";
import { projectRoot } from "./db/project-files";

const packageOf = (path: string): string =>
  path
    .split("/")
    .slice(0, path.startsWith("@") ? 2 : 1)
    .join("/");

/** The packages that an entry asks for when it runs, whatever file of ours the import stands in. */
async function packagesOf(entry: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: projectRoot,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    packages: "external",
    alias: { "server-only": join(projectRoot, "scripts/build/empty-module.ts") },
    logLevel: "error",
  });
  const asked = Object.values(metafile.outputs).flatMap(({ imports }) =>
    imports.flatMap(({ path, external }) => (external === true && !isBuiltin(path) ? [packageOf(path)] : [])),
  );
  return [...new Set(asked)].sort();
}

const entries = [...Object.values(presentBundleEntries()), "scripts/start/main.ts", "scripts/start.mjs"];

test.each(entries)("L21 %s asks for nothing that an image leaves out", async (entry) => {
  const asked = await packagesOf(entry);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((name) => !(name in manifest.dependencies))).toEqual([]);
});

test("L21 what the pages load as packages is there, and what only a build needs is left out", () => {
  const external = nextConfig.serverExternalPackages ?? [];
  expect(external.length).toBeGreaterThan(0);
  expect(external.filter((name) => !(name in manifest.dependencies))).toEqual([]);
  for (const name of ["prisma", "tailwindcss", "@tailwindcss/postcss", "typescript"])
    expect([name in manifest.dependencies, name in manifest.devDependencies]).toEqual([false, true]);
});
