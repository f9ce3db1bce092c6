import { z } from "zod";
import { jsonFile } from "@/server/api/rest/json-file";
import { defineRoute, type Route } from "@/server/api/rest/route";
import { getRun } from "./service";
import { stepOf } from "./step-reads";

const side = z.enum(["input", "output"]);
const response = z.json();

/** What a run's page cuts, whole and as a file; masked as it is there. */
export function valueRoutes(base: string): Route[] {
  return [
    defineRoute({
      method: "GET",
      path: `${base}/{id}/values/{side}`,
      family: "runs",
      scope: "runs:read",
      summary: "What started a run, or what it gave, whole, as a JSON file.",
      params: z.object({ id: z.string(), side }),
      response,
      async handler({ actor, params }) {
        const run = await getRun(actor, params.id);
        return jsonFile(`${run.workflow.name} ${run.id.slice(-8)} ${params.side}`, run[params.side]);
      },
    }),
    defineRoute({
      method: "GET",
      path: `${base}/{id}/steps/{step_id}/values/{side}`,
      family: "runs",
      scope: "runs:read",
      summary: "What a step of a run was given, or what it gave, whole, as a JSON file.",
      params: z.object({ id: z.string(), step_id: z.string(), side }),
      response,
      async handler({ actor, params }) {
        const step = await stepOf(actor, params.id, params.step_id);
        return jsonFile(`${step.name} ${step.iteration} ${params.side}`, step[params.side]);
      },
    }),
  ];
}
