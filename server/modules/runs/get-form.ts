import { AppError } from "@/core/errors";
import { asObject } from "@/core/json";
import { hasScope, requireScope, type Actor } from "@/server/db/tenant";
import { assigneeRefsOf } from "@/server/modules/directory/service";
import { hasTokens } from "@/server/token-words";
import { readForm } from "./forms";
import { masksOfRuns, noMask } from "./sensitive";
import { coveredAt, coverOf } from "./sensitive-paths";
import { visibleRun } from "./visible-run";
import { noteShown } from "./shown-store";

type FoundForm = Awaited<ReturnType<typeof readForm>>;

/** A form for who may see its run, and for whom it asks. 404 for everybody else. */
export async function getForm(actor: Actor, idText: string): Promise<FoundForm> {
  requireScope(actor, "runs:read");
  const found = await readForm(actor.organizationId, idText);
  const { assignees } = found.waitpoint;
  const refs = await assigneeRefsOf(actor);
  if (assignees.some((ref) => refs.includes(ref)) || hasScope(actor, "approvals:decide:any"))
    return whole(actor, found);
  if (assignees.length === 0 && hasScope(actor, "forms:submit") && hasScope(actor, "runs:read:all"))
    return whole(actor, found);
  if (hasScope(actor, "runs:read:all")) return forOnlooker(actor, found);
  await visibleRun(actor, found.waitpoint.runId).catch((error: unknown) => {
    throw error instanceof AppError ? new AppError("not_found", "There is no such form.") : error;
  });
  return forOnlooker(actor, found);
}

/** As it is filled in. Whoever reads in it where to answer for others gave the run its values from then on, filled in or not. */
async function whole(actor: Actor, found: FoundForm): Promise<FoundForm> {
  const { title, values } = found.form;
  if (actor.userId !== null && hasTokens([title, values]))
    await noteShown(actor.organizationId, [found.waitpoint.id], actor.userId);
  return found;
}

/** Whoever fills it in sees what they fill in; of others what is sensitive is hidden, as everywhere in the run. */
async function forOnlooker(actor: Actor, found: FoundForm): Promise<FoundForm> {
  const { runId, nodeId } = found.waitpoint;
  const mask = (await masksOfRuns(actor.organizationId, [runId])).get(runId) ?? noMask;
  const { title, values } = found.form;
  const hidden = mask.secrets.steps.get(nodeId)?.hidden;
  const inForm = coveredAt({ values }, "input", hidden);
  return {
    ...found,
    form: {
      ...found.form,
      title: coverOf(["input", "title"], hidden) ?? mask(title),
      values: asObject(mask(asObject(inForm)["values"] ?? null)),
    },
  };
}
