import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot } from "../db/project-files";
import { sourceHash } from "./source-hash";

it("what was built for one Node is not built again because another asks", () => {
  const module = pathToFileURL(join(projectRoot, "scripts/build/source-hash.ts")).href;
  const script = `import(${JSON.stringify(module)}).then(({ sourceHash }) => console.log(sourceHash()))`;
  // The one of this machine, which starts the product and its tests.
  const asked = spawnSync("node", ["--import", "tsx", "--eval", script], { cwd: projectRoot, encoding: "utf8" });
  expect(asked.stdout.trim(), asked.stderr).toBe(sourceHash());
});
