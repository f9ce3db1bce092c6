import { AppError } from "@/core/errors";
import { hasScope, requireScope, type Actor } from "@/server/db/tenant";
import { assigneeRefsOf } from "@/server/modules/directory/service";
import { readForm } from "./forms";
import { visibleRun } from "./service";

/** A form for who may see its run, and for whom it asks. 404 for everybody else. */
export async function getForm(actor: Actor, idText: string): Promise<Awaited<ReturnType<typeof readForm>>> {
  requireScope(actor, "runs:read");
  const found = await readForm(actor.organizationId, idText);
  if (hasScope(actor, "runs:read:all")) return found;
  const refs = await assigneeRefsOf(actor);
  if (found.waitpoint.assignees.some((ref) => refs.includes(ref))) return found;
  await visibleRun(actor, found.waitpoint.runId).catch((error: unknown) => {
    throw error instanceof AppError ? new AppError("not_found", "There is no such form.") : error;
  });
  return found;
}
