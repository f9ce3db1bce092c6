import { z } from "zod";
import { runDetailObjectSchema } from "@/core/contracts/run-rest";
import { defineRoute, type Route } from "@/server/api/rest/route";
import { callbackObject, getRun, runObject, stepObject, trackingAddress } from "@/server/modules/runs/service";
import { approvalsOfRun } from "./service";
import { approvalObject } from "./wire";

/** A run as a whole shows its approvals, and those know runs: the route stands where both are known. */
export const routes: Route[] = ["workflows", "runs"].map((noun) =>
  defineRoute({
    method: "GET",
    path: `/api/v1/${noun}/{id}`,
    family: "runs",
    scope: "runs:read",
    summary: "Get a run with its steps, events and approvals.",
    params: z.object({ id: z.string() }),
    response: runDetailObjectSchema,
    givesAddresses: true,
    async handler({ actor, params }) {
      const run = await getRun(actor, params.id, { addresses: true });
      const [{ approvals, more }, trackingUrl] = await Promise.all([
        approvalsOfRun(actor, run.id),
        trackingAddress(actor, run.id),
      ]);
      return {
        body: {
          ...runObject(run),
          tracking_url: trackingUrl,
          callbacks: run.callbacks.map(callbackObject),
          steps: run.steps.map(stepObject),
          more_steps: run.moreSteps,
          events: run.events,
          approvals: approvals.map(approvalObject),
          more_approvals: more,
        },
      };
    },
  }),
);
