import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot } from "../db/project-files";
import { thirdPartyNotice } from "./notice";

const read = (name: string): string => readFileSync(join(projectRoot, name), "utf8");

it("L21 THIRD_PARTY.md names what is installed, with its licences; `npm run third-party` writes it anew", () => {
  expect(read("THIRD_PARTY.md")).toBe(thirdPartyNotice(JSON.parse(read("package-lock.json"))));
});

it("L21 a licence with conditions that nobody has looked at stops the notice", () => {
  const lock = (license: string) => ({ packages: { "node_modules/strange": { version: "1.0.0", license } } });
  expect(() => thirdPartyNotice(lock("AGPL-3.0-only"))).toThrow("strange (AGPL-3.0-only)");
  expect(thirdPartyNotice(lock("MIT"))).toContain("strange 1.0.0");
});
