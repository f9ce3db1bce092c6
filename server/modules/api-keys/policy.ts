import { scopes as allScopes, type Scope } from "@/core/permissions";
import type { UserActor } from "@/server/db/tenant";

/** Owners and admins see and revoke everybody's keys, others their own. */
export function canManageAllKeys(actor: UserActor): boolean {
  return actor.role === "owner" || actor.role === "admin";
}

/** Scopes that were asked for and that the maker does not hold. */
export function scopesBeyond(actor: UserActor, wanted: readonly Scope[]): Scope[] {
  return wanted.filter((scope) => !actor.scopes.has(scope));
}

export function ownScopes(actor: UserActor): Scope[] {
  return allScopes.filter((scope) => actor.scopes.has(scope));
}
