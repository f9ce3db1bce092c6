import { AppError } from "@/core/errors";
import { readId } from "@/core/ids";
import { hasScope, type Actor } from "@/server/db/tenant";
import { findRun, type RunDetailRow } from "./repository";

/** The run behind an id in any of its forms, if the actor may see it. */
export async function visibleRun(actor: Actor, idText: string): Promise<RunDetailRow> {
  const id = readId("run", idText);
  const row = id === null ? null : await findRun(actor.organizationId, id);
  if (!row || (!hasScope(actor, "runs:read:all") && row.ownerId !== actor.userId)) throw runNotFound();
  return row;
}

export function runNotFound(): AppError {
  return new AppError("not_found", "There is no such run.");
}
