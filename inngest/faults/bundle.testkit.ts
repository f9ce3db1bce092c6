import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { projectRoot } from "@/scripts/db/project-files";

/** One file that Node can run, from an entry of the product. */
export interface Bundle {
  file: string;
  remove(): void;
}

/** `standIns`: package -> the file of this tree that is there in its place. */
export async function bundleEntry(entry: string, standIns: Record<string, string> = {}): Promise<Bundle> {
  // Beside the packages it imports.
  const folder = mkdtempSync(join(projectRoot, "node_modules/.faults-"));
  const file = join(folder, "entry.mjs");
  const instead: Record<string, string> = { "server-only": "scripts/build/empty-module.ts", ...standIns };
  await build({
    absWorkingDir: projectRoot,
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "error",
    plugins: [
      {
        name: "stand-ins",
        setup({ onResolve }) {
          onResolve({ filter: /^[\w-]+$/ }, ({ path }) =>
            instead[path] === undefined ? undefined : { path: join(projectRoot, instead[path]) },
          );
        },
      },
    ],
  });
  return {
    file,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
