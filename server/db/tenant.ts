import { AppError } from "@/core/errors";
import { roleScopes, type PermissionRole, type Scope } from "@/core/permissions";

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

/** How it was proven who acts. `fresh_session`: with a password that was given a short time ago. */
export type AuthProof = "session" | "fresh_session" | "api_key" | "link" | "signature" | "system";

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
  auth: AuthProof;
  /** Where the request came from, as the web server saw it; null for what the product does by itself. */
  address: string | null;
}

/** A person or a key that acts for one. */
export type UserActor = Actor & { userId: string };

/** The same actor, with the address that the request came from. */
export function seenFrom<A extends Actor>(actor: A, address: string | null): A {
  return { ...actor, address };
}

export function hasScope(actor: Actor, scope: Scope): boolean {
  return actor.scopes.has(scope);
}

/** Throws `missing_scope` (403) unless the actor holds the scope. */
export function requireScope(actor: Actor, scope: Scope): void {
  if (actor.scopes.has(scope)) return;
  const isKey = actor.type === "api_key";
  // A key may hold less than its maker: then it is the key that needs to be another one, not the role.
  const isHeldByMaker = isKey && actor.role !== null && roleScopes[actor.role].includes(scope);
  throw new AppError(
    "missing_scope",
    isHeldByMaker
      ? `This API key was made without the permission ${scope}. You have it yourself: make a key that includes it.`
      : `${isKey ? "This API key" : "Your role"} lacks the permission ${scope}. Ask an administrator of your organization for it.`,
  );
}
