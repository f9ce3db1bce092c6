import { AppError } from "@/core/errors";
import { memberActor } from "@/server/auth/actor";
import { findMemberByEmail } from "@/server/auth/store";
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
  const person = memberActor(row);
  return {
    name: person.name,
    email: person.email,
    userId: person.userId,
    refs: await assigneeRefsOf(person),
    mayDecide: hasScope(person, "approvals:decide"),
  };
}
