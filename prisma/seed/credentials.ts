import { randomInt } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { demoCredentialsPath, writeDemoCredentials } from "@/server/auth/demo-link";
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
  writeDemoCredentials(env().HOLDPOINT_DATA_DIR, content);
}

function credentialsPath(): string {
  return demoCredentialsPath(env().HOLDPOINT_DATA_DIR);
}
