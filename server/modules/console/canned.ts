import type { CannedAnswer } from "@/core/contracts/console";
import { AppError } from "@/core/errors";
import { isUuid, newId } from "@/core/ids";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import { isUniqueViolation } from "@/server/db/unique";
import { changeCanned, countCanned, deleteCanned, insertCanned, listCanned } from "./repository";

/** Of one organization: more than anybody finds by a few letters. */
const most = 200;

/** By name. */
export async function cannedAnswers(actor: UserActor): Promise<CannedAnswer[]> {
  requireScope(actor, "conversations:read");
  return listCanned(actor.organizationId, most);
}

/** Makes one, or changes the one with this id. */
export async function saveCanned(
  actor: UserActor,
  { id, name, body }: { id: string | null; name: string; body: string },
): Promise<{ id: string }> {
  requireScope(actor, "conversations:write");
  const { organizationId } = actor;
  if (id !== null && !isUuid(id)) throw notThere();
  const saved = id ?? newId();
  await withTransaction(async (tx) => {
    if (id === null) {
      if ((await countCanned(tx, organizationId)) >= most)
        throw new AppError("conflict", `There are ${String(most)} canned answers. Delete one that nobody uses first.`);
      await insertCanned(tx, { id: saved, organizationId, name, body }).catch(nameTaken(name));
    } else if (!(await changeCanned(tx, { organizationId, id }, { name, body }).catch(nameTaken(name)))) {
      throw notThere();
    }
    await writeAudit(tx, actor, "canned_answer.saved", { type: "canned_answer", id: saved }, { name });
  });
  return { id: saved };
}

export async function removeCanned(actor: UserActor, id: string): Promise<void> {
  requireScope(actor, "conversations:write");
  const { organizationId } = actor;
  if (!isUuid(id)) throw notThere();
  await withTransaction(async (tx) => {
    if (!(await deleteCanned(tx, { organizationId, id }))) throw notThere();
    await writeAudit(tx, actor, "canned_answer.deleted", { type: "canned_answer", id });
  });
}

function notThere(): AppError {
  return new AppError("not_found", "There is no such canned answer. Somebody may have deleted it.");
}

function nameTaken(name: string): (error: unknown) => never {
  return (error) => {
    throw isUniqueViolation(error)
      ? new AppError("conflict", `There is a canned answer “${name}” already. Give this one another name.`)
      : error;
  };
}
