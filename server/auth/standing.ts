import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import { permissionRoles, roleScopes, type Scope } from "@/core/permissions";
import type { UserActor } from "@/server/db/tenant";
import { accompanied, type Transaction } from "@/server/db/transaction";

/** What `stands` (prisma/functions/13-standing.sql) asks the database about somebody who acts. */
export function standingFacts(actor: UserActor, ...scopes: Scope[]): JsonObject {
  return {
    user: actor.userId,
    key: actor.type === "api_key" ? actor.id : null,
    session: actor.session?.id ?? null,
    roles: permissionRoles.filter((role) => scopes.every((scope) => roleScopes[role].includes(scope))),
    scopes,
  };
}

/**
 * Throws unless the actor has the scopes in this moment, whatever this process remembers of them. For acts that cannot be taken back;
 * inside the transaction that does it. Until that has ended, nobody's role or deactivation is changed under it.
 */
export async function requireStanding(tx: Transaction, actor: UserActor, ...scopes: Scope[]): Promise<void> {
  await tx.$executeRaw`select from memberships m join users u on u.id = m.user_id
    where m.organization_id = ${actor.organizationId}::uuid and m.user_id = ${actor.userId}::uuid for share`;
  const facts = JSON.stringify(standingFacts(actor, ...scopes));
  const [row] = await tx.$queryRaw<{ stands: boolean }[]>`
    select stands(${actor.organizationId}::uuid, ${facts}::jsonb) as stands`;
  if (row?.stands !== true) throw accessChanged();
}

/** Every transaction that `work` makes asks for that before it is committed. */
export function whileStanding<T>(actor: UserActor, scopes: readonly Scope[], work: () => Promise<T>): Promise<T> {
  return accompanied((tx) => requireStanding(tx, actor, ...scopes), work);
}

export function accessChanged(): AppError {
  return new AppError(
    "forbidden",
    "Your access has changed since you signed in. Sign in again, or ask an administrator.",
  );
}
