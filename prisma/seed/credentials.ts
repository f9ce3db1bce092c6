import { randomInt } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { env } from "@/server/env";
import { demoUsers, emailOf } from "./people";

const fileSchema = z.looseObject({
  baseUrl: z.string(),
  conversationUrl: z.string(),
});

// Without letters and digits that look alike.
const letters = "abcdefghjkmnpqrstuvwxyz23456789";

/** Four groups of four: some 79 bits, and still possible to type. */
export function newPassword(): string {
  const group = (): string => Array.from({ length: 4 }, () => letters[randomInt(letters.length)] ?? "").join("");
  return [group(), group(), group(), group()].join("-");
}

/** Where people and scripts find the sign-ins of this instance. Written last: it marks that the demo is complete. */
export function writeCredentials({
  apiKey,
  password,
  conversationToken,
}: {
  apiKey: string;
  password: string;
  conversationToken: string;
}): void {
  const { HOLDPOINT_BASE_URL: baseUrl } = env();
  const users = demoUsers.map(({ key, role, businessRoles }) => ({
    email: emailOf(key),
    password,
    roles: [...new Set([role, ...businessRoles])],
  }));
  replaceFile({ baseUrl, apiKey, users, conversationUrl: `${baseUrl}/c/${conversationToken}` });
}

export function hasCredentials(): boolean {
  return existsSync(credentialsPath());
}

/** The instance came up at another address than last time. */
export function moveCredentials(): void {
  const { HOLDPOINT_BASE_URL: baseUrl } = env();
  const known = fileSchema.parse(JSON.parse(readFileSync(credentialsPath(), "utf8")));
  replaceFile({ ...known, baseUrl, conversationUrl: `${baseUrl}${new URL(known.conversationUrl).pathname}` });
}

function replaceFile(content: object): void {
  const path = credentialsPath();
  writeFileSync(`${path}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function credentialsPath(): string {
  return join(env().HOLDPOINT_DATA_DIR, "demo-credentials.json");
}
