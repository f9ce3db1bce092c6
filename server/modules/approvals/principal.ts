import { AppError } from "@/core/errors";
import { memberActor } from "@/server/auth/actor";
import { findMember, findMemberByEmail, type MemberRow } from "@/server/auth/store";
import { hasScope, type OrganizationId } from "@/server/db/tenant";
import { assigneeRefsOf } from "@/server/modules/directory/service";
import type { Decider } from "./policy";

/** The colleague in whose name somebody decides, as they are now. 422 for anybody who is not an active member. */
export async function principalOf(organizationId: OrganizationId, email: string): Promise<Decider> {
  const row = await findMemberByEmail(email, organizationId);
  if (!row)
    throw new AppError("validation_failed", "Nobody can decide in the name of somebody who is not a member.", [
      {
        code: "unknown_member",
        path: "on_behalf_of",
        message: `${email} is no active member of your organization. Give the address of a colleague who was asked.`,
      },
    ]);
  return deciderOf(row);
}

/** A member in whose name others may decide; null for whoever is none any more. */
export async function memberDecider(organizationId: OrganizationId, userId: string): Promise<Decider | null> {
  const row = await findMember(userId, organizationId);
  return row && deciderOf(row);
}

async function deciderOf(row: MemberRow): Promise<Decider> {
  const person = memberActor(row);
  return {
    name: person.name,
    email: person.email,
    userId: person.userId,
    refs: await assigneeRefsOf(person),
    mayDecide: hasScope(person, "approvals:decide"),
  };
}
