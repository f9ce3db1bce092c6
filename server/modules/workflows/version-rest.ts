import { z } from "zod";
import { versionDetailObjectSchema, versionDiffSchema, versionObjectSchema } from "@/core/contracts/workflow-rest";
import { versionInAddress } from "@/core/contracts/version-number";
import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import { defineRoute, type Route } from "@/server/api/rest/route";
import { workApart } from "@/server/apart/work-apart";
import { readVersion } from "./document";
import { describeVersions } from "./overview";
import { findVersion } from "./repository";
import { getWorkflow } from "./service";
import { specObject, triggerObjects } from "./wire";

const base = "/api/workflows/{idOrSlug}/versions";

export const routes: Route[] = [
  defineRoute({
    method: "GET",
    path: base,
    family: "definitions",
    scope: "workflows:read",
    summary: "The versions of a workflow, newest first, with how many open runs are on each.",
    params: z.object({ idOrSlug: z.string() }),
    response: z.object({ data: z.object({ versions: z.array(versionObjectSchema) }) }),
    async handler({ actor, params }) {
      const { workflow } = await getWorkflow(actor, params.idOrSlug);
      return { body: { data: { versions: await describeVersions(actor, workflow) } } };
    },
  }),
  defineRoute({
    method: "GET",
    path: `${base}/{number}`,
    family: "definitions",
    scope: "workflows:read",
    summary: "One version with its spec, triggers and config.",
    params: z.object({ idOrSlug: z.string(), number: versionInAddress }),
    query: z.object({ format: z.enum(["source", "canonical"]).default("source") }),
    response: z.object({ data: z.object({ version: versionDetailObjectSchema }) }),
    async handler({ actor, params, query }) {
      const { workflow } = await getWorkflow(actor, params.idOrSlug);
      const [row, listed] = await Promise.all([
        findVersion(actor.organizationId, workflow.id, params.number),
        describeVersions(actor, workflow),
      ]);
      const facts = listed.find(({ number }) => number === params.number);
      if (!row || !facts)
        throw new AppError("not_found", `"${workflow.slug}" has no version ${String(params.number)}.`);
      const { triggers, config } = readVersion(row);
      // A config was imported from JSON; its type leaves nothing else in.
      const version = {
        ...facts,
        spec: specObject(row, query.format),
        triggers: await triggerObjects(actor, workflow, triggers),
        config: config as unknown as JsonObject,
      };
      return { body: { data: { version } } };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/api/workflows/{idOrSlug}/diff",
    family: "definitions",
    scope: "workflows:read",
    summary: "What changed between two versions: steps, edges, triggers and settings.",
    params: z.object({ idOrSlug: z.string() }),
    query: z.object({ from: versionInAddress, to: versionInAddress }),
    response: z.object({ data: z.object({ diff: versionDiffSchema }) }),
    async handler({ actor, params, query }) {
      const { workflow } = await getWorkflow(actor, params.idOrSlug);
      const [from, to] = await Promise.all(
        [query.from, query.to].map((wanted) => findVersion(actor.organizationId, workflow.id, wanted)),
      );
      if (!from || !to) throw new AppError("not_found", `"${workflow.slug}" does not have both of these versions.`);
      const diff = await workApart(actor.organizationId, "diffVersions", {
        from: readVersion(from),
        to: readVersion(to),
      });
      return { body: { data: { diff } } };
    },
  }),
];
