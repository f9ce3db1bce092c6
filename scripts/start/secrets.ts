import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Variable -> how a fresh value is made. A variable that is set wins over the file. */
const generators = {
  NEXTAUTH_SECRET: () => randomBytes(32).toString("base64url"),
  HOLDPOINT_ENCRYPTION_KEYS: () => `k1:${randomBytes(32).toString("base64")}`,
} satisfies Record<string, () => string>;

/** Secrets of this instance, kept in `<data dir>/secrets` (readable by the owner only) from the first start on. */
export function instanceSecrets(dataDir: string): Record<string, string> {
  const folder = join(dataDir, "secrets");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return Object.fromEntries(
    Object.entries(generators).map(([name, generate]) => [
      name,
      process.env[name] || keep(join(folder, name), generate),
    ]),
  );
}

function keep(path: string, generate: () => string): string {
  if (!existsSync(path)) writeFileSync(path, generate(), { mode: 0o600, flag: "wx" });
  return readFileSync(path, "utf8").trim();
}
