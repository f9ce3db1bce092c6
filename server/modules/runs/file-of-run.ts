import { AppError } from "@/core/errors";
import { isUuid } from "@/core/ids";
import { requireScope, type Actor } from "@/server/db/tenant";
import { findBound, type StoredFile } from "@/server/modules/files/service";
import { sensitiveFields } from "./form-secrets";
import { findWaitpoint } from "./repository";
import { masksOfRuns } from "./sensitive";
import { visibleRun } from "./visible-run";

/** A file in an answer, for who may see that answer in its run. 404 for everybody else, 403 where the answer is sensitive. */
export async function fileOfRun(actor: Actor, id: string): Promise<StoredFile> {
  requireScope(actor, "runs:read");
  const file = isUuid(id) ? await findBound(actor.organizationId, id) : null;
  if (file === null) throw unknownFile();
  const run = await visibleRun(actor, file.runId).catch((error: unknown) => {
    throw error instanceof AppError && error.code === "not_found" ? unknownFile() : error;
  });
  const mask = (await masksOfRuns(actor.organizationId, [run.id])).get(run.id);
  if (mask !== undefined && (await isHidden(actor, file, mask)))
    throw new AppError("forbidden", "This answer is sensitive: nobody can open it here. Ask whoever gave it.");
  return file;
}

type Mask = Parameters<typeof sensitiveFields>[0];

async function isHidden(actor: Actor, { waitpointId, question }: StoredFile, mask: Mask): Promise<boolean> {
  const [name = ""] = question.split(".");
  // What started the run is hidden as the run's input is.
  if (waitpointId === null) return mask.secrets.input.length > 0;
  const form = await findWaitpoint(actor.organizationId, waitpointId);
  return form === null || sensitiveFields(mask, form.nodeId, [name]).length > 0;
}

function unknownFile(): AppError {
  return new AppError("not_found", "There is no such file. It may have been deleted with its run.");
}
