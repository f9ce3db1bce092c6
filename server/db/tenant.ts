import { AppError } from "@/core/errors";
import type { PermissionRole, Scope } from "@/core/permissions";

declare const organizationBrand: unique symbol;

/** An organization the caller was let into. Only the gates in server/auth make one, so an unscoped query does not compile. */
export type OrganizationId = string & { readonly [organizationBrand]: true };

export type ActorType = "user" | "api_key" | "contact" | "system";

/** The sign-in through which a person acts. */
export interface ActorSession {
  id: string;
  /** When they last gave their password. */
  provenAt: Date;
}

/** Who is acting. An API key acts as the user who made it, with the scopes it was given. */
export interface Actor {
  type: ActorType;
  /** User, API key or contact id; `system` for the system. */
  id: string;
  userId: string | null;
  name: string;
  email: string | null;
  organizationId: OrganizationId;
  role: PermissionRole | null;
  businessRoles: readonly string[];
  teamIds: readonly string[];
  scopes: ReadonlySet<Scope>;
  via: "ui" | "api" | "link" | "system";
  /** None for keys, links and the system. */
  session?: ActorSession;
}

/** A person or a key that acts for one. */
export type UserActor = Actor & { userId: string };

export function hasScope(actor: Actor, scope: Scope): boolean {
  return actor.scopes.has(scope);
}

/** Throws `missing_scope` (403) unless the actor holds the scope. */
export function requireScope(actor: Actor, scope: Scope): void {
  if (actor.scopes.has(scope)) return;
  const who = actor.type === "api_key" ? "This API key" : "Your role";
  throw new AppError(
    "missing_scope",
    `${who} lacks the permission ${scope}. Ask an administrator of your organization for it.`,
  );
}
