import { AppError } from "@/core/errors";
import type { UserActor } from "@/server/db/tenant";
import { writeAudit, type Transaction } from "@/server/db/transaction";
import * as repository from "./repository";

/** Has a team work by a calendar, or by that of the organization (null). Open questions keep their deadlines. */
export async function giveCalendar(
  tx: Transaction,
  actor: UserActor,
  team: { id: string; name: string },
  slug: string | null,
): Promise<void> {
  const { organizationId } = actor;
  const before = await repository.findTeamCalendar(tx, organizationId, team.id);
  if (before === slug) return;
  if (!(await repository.putTeamCalendar(tx, organizationId, team.id, slug))) {
    const message = "There is no such calendar any more. Choose another one.";
    throw new AppError("validation_failed", message, [{ code: "invalid_value", path: "calendar", message }]);
  }
  await writeAudit(
    tx,
    actor,
    "member_group.calendar_changed",
    { type: "business_team", id: team.id },
    { name: team.name, from: before, to: slug },
  );
}
