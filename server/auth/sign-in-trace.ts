import { createHmac } from "node:crypto";
import { seenFrom, type Actor, type AuthProof } from "@/server/db/tenant";
import { noteAct } from "@/server/db/transaction";
import { env } from "@/server/env";
import { memberActor, systemActor } from "./actor";
import { isClosed } from "./demo-organizations";
import { findMember, type SignInRow } from "./store";

/** What belongs to no organization is written under this one, which nobody is a member of. */
export const installation = "00000000-0000-0000-0000-000000000000";

/** Somebody signed in with the password of this account. */
export async function noteSignedIn(account: SignInRow, address: string): Promise<void> {
  await note(account, address, "fresh_session", "person.signed_in");
}

export async function noteSignedOut(
  account: { userId: string; organizationId: string },
  address: string | null,
): Promise<void> {
  await note(account, address, "session", "person.signed_out");
}

/**
 * A try that failed. Nobody is known to have acted, so the product tells it, about the account; of an address that is no
 * account only a keyed hash is kept: people type their password there by mistake.
 */
export async function noteFailedSignIn(
  email: string,
  account: SignInRow | null,
  address: string,
  reason: string,
): Promise<void> {
  // The demo's organization takes no lines while the demo is off; the try is told all the same.
  const home = account && !isClosed(account.organizationId) ? account.organizationId : installation;
  const actor = seenFrom(systemActor(home), address);
  const subject = account
    ? { type: "user", id: account.userId }
    : { type: "unknown_account", id: createHmac("sha256", env().NEXTAUTH_SECRET).update(email).digest("hex") };
  await noteAct(actor, "person.sign_in_failed", subject, { reason });
}

async function note(
  { userId, organizationId }: { userId: string; organizationId: string },
  address: string | null,
  auth: AuthProof,
  action: string,
): Promise<void> {
  const member = await findMember(userId, organizationId);
  if (!member) return;
  const actor: Actor = { ...seenFrom(memberActor(member), address), auth };
  await noteAct(actor, action, { type: "user", id: userId });
}
