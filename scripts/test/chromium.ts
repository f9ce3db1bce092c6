import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { chromium } from "@playwright/test";

/** The first has no window to draw, and takes a third less of the processor for the same tests. */
const systemBrowsers = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** Path of a Chromium on this machine; undefined when Playwright has its own. Installs one when there is none. */
export function findOrInstallChromium(): string | undefined {
  const found = find();
  if (found) return found.path;
  console.log("  … installing a browser for the end-to-end tests");
  const installed = installDebianPackage() || installPlaywrightBrowser();
  const now = installed ? find() : undefined;
  if (now) return now.path;
  throw new Error("No Chromium was found and none could be installed. Install one and set CHROME_PATH to it.");
}

function find(): { path: string | undefined } | undefined {
  const path = [process.env.CHROME_PATH ?? "", ...systemBrowsers].find(
    (candidate) => candidate !== "" && existsSync(candidate),
  );
  if (path) return { path };
  return existsSync(chromium.executablePath()) ? { path: undefined } : undefined;
}

function installDebianPackage(): boolean {
  if (process.getuid?.() !== 0) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return ["update", "install -y --no-install-recommends chromium-headless-shell"].every(
    (command) => spawnSync("apt-get", command.split(" "), { stdio: "ignore", env }).status === 0,
  );
}

function installPlaywrightBrowser(): boolean {
  const cli = join(dirname(createRequire(import.meta.url).resolve("@playwright/test/package.json")), "cli.js");
  return spawnSync(process.execPath, [cli, "install", "chromium"], { stdio: "ignore", timeout: 300_000 }).status === 0;
}
