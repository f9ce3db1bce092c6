import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "@/scripts/db/project-files";

/** Where the product and its commands live. */
const folders = [
  "app",
  "channels",
  "components",
  "connectors",
  "core",
  "inngest",
  "prisma",
  "scripts",
  "server",
  "steps",
  "triggers",
];

export interface Source {
  /** Below the project, e.g. `core/json.ts`. */
  file: string;
  text: string;
}

/** All of their code: neither tests and their kits nor what is generated. `home`: a folder that is left out, e.g. `channels/`. */
export function productSources(home?: string): Source[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
    )
    .filter(
      (file) =>
        /\.tsx?$/.test(file) &&
        !/\.(test|testkit|bench|fixture)\.tsx?$/.test(file) &&
        !file.includes("/generated/") &&
        (home === undefined || !file.startsWith(home)),
    )
    .map((file) => ({ file, text: readFileSync(join(projectRoot, file), "utf8") }));
}
