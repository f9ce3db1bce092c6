import { join, resolve } from "node:path";
import { projectRoot } from "../db/project-files";

/** Where an instance keeps its database, secrets and uploads: `HOLDPOINT_DATA_DIR`, or `.data` in the project. */
export function dataDirectory(): string {
  return resolve(process.env.HOLDPOINT_DATA_DIR || join(projectRoot, ".data"));
}
