import type { SessionItem } from "@/core/contracts/session";
import { AppError } from "@/core/errors";
import { readId } from "@/core/ids";
import { requireRecentProof } from "@/server/auth/recent-proof";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import * as repository from "./repository";

export { changePassword, provePassword } from "./password";

/** The caller's open sign-ins, the one that was used last first. */
export async function listSessions(actor: UserActor): Promise<SessionItem[]> {
  requireScope(actor, "sessions:manage");
  const rows = await repository.listOpen(actor.userId);
  return rows.map((row) => ({
    id: row.id,
    device: row.device,
    address: row.address,
    created_at: row.createdAt.toISOString(),
    seen_at: row.seenAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
    is_current: row.id === actor.session?.id,
  }));
}

/** Signs one of the caller's browsers out, from its next request on. */
export async function endSession(actor: UserActor, idText: string): Promise<void> {
  requireScope(actor, "sessions:manage");
  const id = readId("session", idText);
  await withTransaction(async (tx) => {
    if (id === null || (await repository.endOpen(tx, actor.userId, { only: id })) === 0)
      throw new AppError("not_found", "There is no such sign-in. It may have ended already.");
    await writeAudit(tx, actor, "session.ended", { type: "session", id });
  });
}

/** Signs the caller out everywhere; `keepThis`: but in the browser that asks. Answers how many ended. */
export async function endOwnSessions(actor: UserActor, { keepThis }: { keepThis: boolean }): Promise<number> {
  requireScope(actor, "sessions:manage");
  const { session, userId } = actor;
  return withTransaction(async (tx) => {
    const ended = await repository.endOpen(tx, userId, keepThis && session ? { except: session.id } : {});
    await writeAudit(tx, actor, "session.all_ended", { type: "user", id: userId }, { ended });
    return ended;
  });
}

/** Signs a member out of this organization everywhere. Answers how many sign-ins ended. */
export async function endMemberSessions(actor: UserActor, idText: string): Promise<number> {
  requireScope(actor, "members:manage");
  requireRecentProof(actor);
  const { organizationId } = actor;
  const userId = readId("user", idText);
  if (userId === null || !(await repository.isMember(organizationId, userId)))
    throw new AppError("not_found", "There is no such member.");
  return withTransaction(async (tx) => {
    const ended = await repository.endOpen(tx, userId, { organizationId });
    await writeAudit(tx, actor, "session.all_ended", { type: "user", id: userId }, { ended });
    return ended;
  });
}
