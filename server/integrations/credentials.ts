import { z } from "zod";

/** What a connection's sealed secret holds, by `authType`. The public API calls this `auth`. */
export const credentialsSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("none") }),
  z.strictObject({ type: z.literal("bearer"), token: z.string().min(1).max(8192) }),
  z.strictObject({ type: z.literal("basic"), username: z.string().max(1024), password: z.string().max(8192) }),
  z.strictObject({
    type: z.literal("header"),
    name: z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/),
    value: z.string().min(1).max(8192),
  }),
]);

export type Credentials = z.infer<typeof credentialsSchema>;

/** The headers that prove who calls. */
export function authHeaders(credentials: Credentials): Record<string, string> {
  if (credentials.type === "bearer") return { authorization: `Bearer ${credentials.token}` };
  if (credentials.type === "basic") {
    return {
      authorization: `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`, "utf8").toString("base64")}`,
    };
  }
  if (credentials.type === "header") return { [credentials.name.toLowerCase()]: credentials.value };
  return {};
}

/** Everything that must never be seen again once it was entered. */
export function secretValues(credentials: Credentials): string[] {
  if (credentials.type === "bearer") return [credentials.token];
  if (credentials.type === "basic") return [credentials.password, `${credentials.username}:${credentials.password}`];
  if (credentials.type === "header") return [credentials.value];
  return [];
}
