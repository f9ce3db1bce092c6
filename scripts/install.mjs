// Runs before anything is installed: built-ins only.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const oldestNode = [20, 19];

/** Ends the process with one sentence when Node is too old; installs the packages when they are missing or stale. */
export function ensureInstalled() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    stop(`Holdpoint needs Node ${oldestNode.join(".")} or newer; this is Node ${process.versions.node}.`);
  }
  if (installedMatchesLock()) return;
  const started = Date.now();
  // Without the development packages there is no compiler, so no build and no tests, whatever NODE_ENV says.
  // Not `npm ci`: it refuses a lock file that lacks binaries for other platforms, which a partial mirror cannot name.
  const args = ["install", "--no-save", "--include=dev", "--include=optional", "--no-audit", "--no-fund"];
  const npm = process.env.npm_execpath;
  const options = { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 };
  process.stdout.write("  … installing packages\n");
  const result = npm?.endsWith(".js")
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
  if (result.status !== 0) stop(`npm install failed:\n${result.error?.message ?? `${result.stdout}${result.stderr}`}`);
  // Newer than the lock file from now on, also where npm had nothing to write.
  const installedLock = join(root, "node_modules", ".package-lock.json");
  if (existsSync(installedLock)) utimesSync(installedLock, new Date(), new Date());
  process.stdout.write(`  ✓ packages installed (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
}

/**
 * npm keeps a copy of the lock file beside what it installed; the two must name the same versions. An optional package for this platform
 * (the product's Node) that came with a newer lock file is asked for once; a mirror may not have it.
 */
export function installedMatchesLock(folder = root) {
  const lock = join(folder, "package-lock.json");
  const installedLock = join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(installedLock)) return false;
  const wanted = JSON.parse(readFileSync(lock, "utf8")).packages;
  const installed = JSON.parse(readFileSync(installedLock, "utf8")).packages;
  const lockIsNewer = statSync(lock).mtimeMs > statSync(installedLock).mtimeMs;
  // An image brings what was built, without the packages that built it.
  const isImage = process.env.NODE_ENV === "production" && existsSync(join(folder, "build", "source-hash"));
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const found = installed[path];
    if (found) return found.version === entry.version;
    if (entry.optional === true) return !(lockIsNewer && isForThisPlatform(entry));
    return isImage && (entry.dev === true || entry.devOptional === true);
  });
}

function isForThisPlatform({ os, cpu }) {
  return os?.includes(process.platform) === true && cpu?.includes(process.arch) === true;
}

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
