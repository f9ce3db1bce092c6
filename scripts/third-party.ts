import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./db/project-files";
import { thirdPartyNotice } from "./third-party/notice";

const lock: unknown = JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8"));
writeFileSync(join(projectRoot, "THIRD_PARTY.md"), thirdPartyNotice(lock));
