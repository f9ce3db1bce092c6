import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../db/project-files";
import { productNode } from "../process/product-node";

const folders = [
  "app",
  "channels",
  "components",
  "connectors",
  "core",
  "inngest",
  "prisma",
  "public",
  "scripts/build",
  "server",
  "steps",
  "triggers",
  "workflows",
];
const files =
  /^(package-lock\.json|tsconfig\.json|(next|postcss)\.config\.\w+|(proxy|instrumentation|instrumentation-client)\.ts)$/;
const notBuilt = /\.(test|testkit)\.tsx?$|\.md$/;

/** One hash over everything that a build reads, whichever Node asks: builds run on the product's. */
export function sourceHash(): string {
  const hash = createHash("sha256").update(productNode().version);
  const paths = [
    ...readdirSync(projectRoot).filter((name) => files.test(name)),
    ...folders.filter((folder) => existsSync(join(projectRoot, folder))).flatMap(filesUnder),
  ];
  for (const path of paths.sort()) {
    if (notBuilt.test(path)) continue;
    const content = readFileSync(join(projectRoot, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(projectRoot.length + 1))
    .filter((path) => !path.includes("generated"));
}
