import { z } from "zod";
import { stepObjectSchema, stepPageSchema } from "@/core/contracts/run-rest";
import { afterQuery } from "@/server/api/rest/after-query";
import { defineRoute, type Route } from "@/server/api/rest/route";
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
  ];
}
