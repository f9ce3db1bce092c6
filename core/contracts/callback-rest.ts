import { z } from "zod";
import { runCallbackStatuses } from "./run";

/** What became of a call to the address that a run was started with. */
export const callbackObjectSchema = z.object({
  event: z.string().describe("run.completed, run.failed or run.cancelled"),
  status: z
    .enum(runCallbackStatuses)
    .describe(
      "pending: under way; delivered; failed: it will be tried again; dead: it was given up; captured: kept, because nothing is sent from here",
    ),
  attempts: z.number().int(),
  last_error: z.string().nullable(),
  created_at: z.string(),
  delivered_at: z.string().nullable(),
});
