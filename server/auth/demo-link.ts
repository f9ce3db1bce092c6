import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const fileSchema = z.looseObject({ baseUrl: z.string(), signInUrl: z.string().optional() });

/** In the data directory, readable by its owner only: what the demo's people and scripts sign in with. */
export function demoCredentialsPath(dataDir: string): string {
  return join(dataDir, "demo-credentials.json");
}

/**
 * Writes a fresh sign-in link into the demo's credentials file and returns it; undefined before the demo is there. The one before
 * leads nowhere from then on.
 */
export function renewDemoLink(dataDir: string): string | undefined {
  const known = read(dataDir);
  if (!known) return undefined;
  const signInUrl = `${known.baseUrl}/sign-in?demo=${randomBytes(24).toString("base64url")}`;
  writeDemoCredentials(dataDir, { ...known, signInUrl });
  return signInUrl;
}

/** True once for each link: whoever comes first has it, and the file holds the next one. */
export function takeDemoLink(dataDir: string, token: string): boolean {
  const url = read(dataDir)?.signInUrl;
  const wanted = url === undefined ? null : new URL(url).searchParams.get("demo");
  if (!wanted || !timingSafeEqual(digest(wanted), digest(token))) return false;
  renewDemoLink(dataDir);
  return true;
}

/** Replaces the file as a whole, so that nobody reads half of it. */
export function writeDemoCredentials(dataDir: string, content: object): void {
  const path = demoCredentialsPath(dataDir);
  writeFileSync(`${path}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function read(dataDir: string): z.output<typeof fileSchema> | undefined {
  const path = demoCredentialsPath(dataDir);
  return existsSync(path) ? fileSchema.parse(JSON.parse(readFileSync(path, "utf8"))) : undefined;
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
