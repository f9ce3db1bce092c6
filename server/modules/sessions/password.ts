import type { ChangePassword } from "@/core/contracts/session";
import { AppError } from "@/core/errors";
import { hashPassword, verifyPassword } from "@/server/auth/password";
import { tooManyTries } from "@/server/auth/sign-in";
import { guessersInSession, signInLimits } from "@/server/auth/sign-in-limits";
import type { ActorSession, UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import * as repository from "./repository";

/** The person gives their password once more: sensitive acts are open to this sign-in for a while. */
export async function provePassword(actor: UserActor, password: string): Promise<void> {
  const session = requireSession(actor);
  await judge(actor, session, password, "password");
  await repository.noteProof(actor.userId, session.id);
}

/** Ends all other sign-ins of the person: whoever knew the old password is out. */
export async function changePassword(actor: UserActor, { current, next }: ChangePassword): Promise<void> {
  const session = requireSession(actor);
  const from = await judge(actor, session, current, "current");
  if (current === next)
    throw new AppError("validation_failed", "Choose a password that differs from the old one.", [
      { code: "unchanged", path: "next", message: "is the old one" },
    ]);
  const to = await hashPassword(next);
  await withTransaction(async (tx) => {
    if (!(await repository.writePasswordHash(tx, actor.userId, { from, to })))
      throw new AppError("conflict", "The password was changed in another window at the same moment. Sign in again.");
    const ended = await repository.endOpen(tx, actor.userId, { except: session.id });
    await writeAudit(tx, actor, "password.changed", { type: "user", id: actor.userId }, { ended });
  });
  await repository.noteProof(actor.userId, session.id);
}

/** The stored hash when the password is right. Guesses are delayed as at sign-in. */
async function judge(actor: UserActor, session: ActorSession, password: string, field: string): Promise<string | null> {
  const guessers = guessersInSession(session.id);
  const refusedForMs = await signInLimits.admit(guessers);
  if (refusedForMs !== null) throw tooManyTries(refusedForMs);
  const stored = await repository.readPasswordHash(actor.userId);
  if (!(await verifyPassword(password, stored)))
    throw new AppError("validation_failed", "This is not your password. Check it and try again.", [
      { code: "wrong_password", path: field, message: "is not your password" },
    ]);
  await signInLimits.forgive(guessers);
  return stored;
}

function requireSession({ session }: UserActor): ActorSession {
  if (!session) throw new AppError("forbidden", "A password is given and changed in the browser, not with an API key.");
  return session;
}
