import type { z } from "zod";
import type { AuthDefinition, AuthDefinitions } from "@/core/auth-definition";
import { authSchema } from "./auth-schema";
import { basicAuth } from "./basic/definition";
import { bearerAuth } from "./bearer/definition";
import { headerAuth } from "./header/definition";
import { noneAuth } from "./none/definition";
import { queryAuth } from "./query/definition";

/** Every way to authenticate. A new one is a folder and a line here, and its name with each connector that takes it. */
export const authDefinitions = {
  none: noneAuth,
  bearer: bearerAuth,
  basic: basicAuth,
  header: headerAuth,
  query: queryAuth,
} as const satisfies AuthDefinitions;

export type AuthType = keyof typeof authDefinitions;

/** Credentials of any kind. Secret values go in and never come out. */
export const connectionAuthSchema = authSchema<(typeof authDefinitions)[AuthType]["schema"]>(authDefinitions);
export type ConnectionAuth = z.output<typeof connectionAuthSchema>;

/** What a connection has that was given no credentials. */
export const withoutProof = { type: "none" } as const satisfies ConnectionAuth;

/** The kind of that name; null for one that no folder has. */
export function findAuth(type: string, kinds: AuthDefinitions = authDefinitions): AuthDefinition | null {
  // Own properties only: a type is text from outside.
  return Object.hasOwn(kinds, type) ? (kinds[type] ?? null) : null;
}

/** Whether credentials of this kind are to be kept and hidden. Of a kind that nobody knows, they are. */
export function holdsProof(type: string): boolean {
  return findAuth(type)?.fields.length !== 0;
}
