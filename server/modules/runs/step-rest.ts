import { z } from "zod";
import { revealReason, stepObjectSchema, stepPageSchema } from "@/core/contracts/run-rest";
import { afterQuery } from "@/server/api/rest/after-query";
import { defineRoute, type Route } from "@/server/api/rest/route";
import { revealStep } from "./reveal";
import { loopStepsOf, stepOf } from "./step-reads";
import { stepObject } from "./wire";

/** What a run's own answer leaves out: the steps of long loops, and values that were cut. */
export function stepRoutes(base: string): Route[] {
  return [
    defineRoute({
      method: "GET",
      path: `${base}/{id}/steps`,
      family: "runs",
      scope: "runs:read",
      summary: "The steps that a run made in loops, in pages, in the order in which they last changed.",
      params: z.object({ id: z.string() }),
      query: z.object(afterQuery),
      response: stepPageSchema,
      givesAddresses: true,
      async handler({ actor, params, query }) {
        const { steps, nextAfter } = await loopStepsOf(actor, params.id, { ...query, addresses: true });
        return { body: { steps: steps.map(stepObject), next_after: nextAfter } };
      },
    }),
    defineRoute({
      method: "GET",
      path: `${base}/{id}/steps/{step_id}`,
      family: "runs",
      scope: "runs:read",
      summary: "One step of a run with its values whole.",
      params: z.object({ id: z.string(), step_id: z.string() }),
      response: stepObjectSchema,
      givesAddresses: true,
      handler: async ({ actor, params }) => ({
        body: stepObject(await stepOf(actor, params.id, params.step_id, { addresses: true })),
      }),
    }),
    defineRoute({
      method: "POST",
      path: `${base}/{id}/reveal`,
      family: "runs",
      scope: "runs:reveal",
      summary: "One step of a run with the values that its workflow hides. Who looked, and why, is on record.",
      params: z.object({ id: z.string() }),
      body: z.strictObject({ step_id: z.string().max(64), reason: revealReason }),
      response: stepObjectSchema,
      handler: async ({ actor, params, body: { step_id: stepId, reason } }) => ({
        body: stepObject(await revealStep(actor, params.id, { stepId, reason })),
      }),
    }),
  ];
}
