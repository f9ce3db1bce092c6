import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectRoot } from "@/scripts/db/project-files";

export interface ToyFolder {
  /** Loads a file of it as if it stood in the project. */
  load(file: string): Promise<Record<string, unknown>>;
  remove(): void;
}

/** A folder outside the project with these files: what somebody adds, and nothing else touched. */
export function toyFolder(files: Readonly<Record<string, string>>): ToyFolder {
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-toy-"));
  symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"), "dir");
  for (const [file, source] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), source);
  }
  return {
    load: async (file) => (await import(pathToFileURL(join(folder, file)).href)) as Record<string, unknown>,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
