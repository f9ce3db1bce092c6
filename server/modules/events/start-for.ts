import { AppError } from "@/core/errors";
import type { Actor } from "@/server/db/tenant";
import { logger } from "@/server/logger";
import { startWorkflow } from "@/server/modules/runs/service";
import type { EventResult } from "./store";

type StartFields = Omit<Parameters<typeof startWorkflow>[1], "workflow">;

/** Starts a workflow for an event; a refusal is a result, not an error. */
export async function startFor(
  actor: Actor,
  { workflowId, slug }: { workflowId: string; slug: string },
  fields: () => StartFields | Promise<StartFields>,
): Promise<EventResult> {
  try {
    const run = await startWorkflow(actor, { workflow: workflowId, ...(await fields()) });
    return { workflowId, workflow: slug, runId: run.id };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    logger().info({ workflow: slug, code: error.code }, "a workflow refused an event");
    return { workflowId, workflow: slug, refused: { code: error.code, message: error.message } };
  }
}
