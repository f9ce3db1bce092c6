import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { projectRoot } from "@/scripts/db/project-files";
import { saidElsewhere } from "@/scripts/third-party/notice";
import { report } from "./extent.testkit";

const packageSchema = z.looseObject({
  version: z.string().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  dev: z.boolean().optional(),
  inBundle: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
  resolved: z.string().optional(),
});
const read = (name: string): unknown => JSON.parse(readFileSync(join(projectRoot, name), "utf8"));
const lock = z.object({ packages: z.record(z.string(), packageSchema) }).parse(read("package-lock.json"));
const manifest = z
  .object({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
    allowScripts: z.record(z.string(), z.boolean()),
  })
  .parse(read("package.json"));
const packages = Object.entries(lock.packages).filter(([path]) => path !== "");
const nameOf = (path: string): string => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);

/** What a company may ship without asking its lawyers, and the weak copyleft of files that we use unchanged. */
const licences =
  /^\(?(MIT|MIT-0|ISC|0BSD|Unlicense|BlueOak-1\.0\.0|Apache-2\.0|BSD-[23]-Clause|CC-BY-4\.0|OFL-1\.1|LGPL-3\.0-or-later|MPL-2\.0|EPL-2\.0|GPL-3\.0-or-later)( (AND|and|OR) (MIT|ISC|BSD-3-Clause|Apache-2\.0|LGPL-3\.0-or-later|GPL-3\.0-or-later))*\)?$/;
it("S17 every package is pinned, whole as it was published, and under a licence that we know", () => {
  const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  );
  expect(loose).toEqual([]);
  const unproved = packages.filter(([, { integrity, inBundle }]) => !integrity && inBundle !== true);
  expect(unproved.map(([path]) => path)).toEqual([]);
  const unknown = packages.filter(
    ([path, { license, dev }]) => dev !== true && !licences.test(license ?? saidElsewhere[nameOf(path)] ?? ""),
  );
  expect(unknown.map(([path, { license }]) => `${path}: ${license ?? "none"}`)).toEqual([]);
  report(
    `S17 packages: ${packages.length} locked, ${packages.filter(([, { dev }]) => dev !== true).length} for production, all with integrity and a known licence`,
  );
});

it("M8 S17 mail goes through one nodemailer, past the versions with published advisories (fixed in 9.1)", () => {
  const installed = packages.filter(([path]) => nameOf(path) === "nodemailer");
  expect(installed.map(([path]) => path)).toEqual(["node_modules/nodemailer"]);
  const [major = 0, minor = 0] = (installed[0]?.[1].version ?? "").split(".").map(Number);
  expect(major > 9 || (major === 9 && minor >= 1)).toBe(true);
});

it("S17 no package runs a script at installation that nobody has looked at", () => {
  const running = new Set(
    packages.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => nameOf(path)),
  );
  expect([...running].filter((name) => !(name in manifest.allowScripts))).toEqual([]);
});

// Without `--omit dev`: npm then leaves out what development needs as well.
it("S17 the list of what is installed can be made without the network", () => {
  const output = execFileSync("npm", ["sbom", "--package-lock-only", "--sbom-format", "cyclonedx", "--offline"], {
    cwd: projectRoot,
    maxBuffer: 100_000_000,
  });
  const bill = z
    .object({
      bomFormat: z.literal("CycloneDX"),
      components: z.array(z.looseObject({ name: z.string(), version: z.string() })),
    })
    .parse(JSON.parse(output.toString("utf8")));
  const listed = new Set(bill.components.map(({ name, version }) => `${name}@${version}`));
  const missing = Object.entries(manifest.dependencies).filter(([name, version]) => !listed.has(`${name}@${version}`));
  expect(missing).toEqual([]);
  report(`S17 bill of materials: ${bill.components.length} components`);
});
