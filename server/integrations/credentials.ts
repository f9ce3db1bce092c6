import type { ConnectionAuth } from "@/core/contracts/connection";

/** The headers that prove who calls. */
export function authHeaders(auth: ConnectionAuth): Record<string, string> {
  if (auth.type === "bearer") return { authorization: `Bearer ${auth.token}` };
  if (auth.type === "basic") {
    return {
      authorization: `Basic ${Buffer.from(`${auth.username}:${auth.password}`, "utf8").toString("base64")}`,
    };
  }
  if (auth.type === "header") return { [auth.name.toLowerCase()]: auth.value };
  return {};
}

/** Everything that must never be seen again once it was entered. */
export function secretValues(auth: ConnectionAuth): string[] {
  if (auth.type === "bearer") return [auth.token];
  if (auth.type === "basic") return [auth.password, `${auth.username}:${auth.password}`];
  if (auth.type === "header") return [auth.value];
  return [];
}
