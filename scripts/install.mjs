// Runs before anything is installed: built-ins only.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
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
  process.stdout.write(`  ✓ packages installed (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
}

/** npm keeps a copy of the lock file beside what it installed; the two must name the same versions. */
function installedMatchesLock() {
  const installedLock = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedLock)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const installed = JSON.parse(readFileSync(installedLock, "utf8")).packages;
  // An image brings what was built, without the packages that built it.
  const isImage = process.env.NODE_ENV === "production" && existsSync(join(root, "build", "source-hash"));
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const found = installed[path];
    if (found) return found.version === entry.version;
    return entry.optional === true || (isImage && (entry.dev === true || entry.devOptional === true));
  });
}

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
