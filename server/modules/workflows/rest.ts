import { z } from "zod";
import { versionNumber } from "@/core/contracts/version-number";
import { errorDetailSchema } from "@/core/contracts/error";
import { workflowStatuses } from "@/core/contracts/workflow";
import {
  changeWorkflowSchema,
  createWorkflowSchema,
  savedWorkflowAnswerSchema,
  validateWorkflowSchema,
  workflowAnswerSchema,
  workflowListObjectSchema,
} from "@/core/contracts/workflow-rest";
import type { Issue } from "@/core/workflow/document";
import type { JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { etagOf, unchangedSince } from "@/server/api/rest/etag";
import { pageQuery } from "@/server/api/rest/paging";
import { defineRoute, type Route } from "@/server/api/rest/route";
import type { Actor } from "@/server/db/tenant";
import { issueDetail } from "./document";
import { listWorkflowPage } from "./list-page";
import {
  archiveWorkflow,
  changeWorkflow,
  createWorkflow,
  getWorkflow,
  publishWorkflow,
  retireWorkflow,
  rollbackWorkflow,
  validateDocument,
  type WorkflowWithHead,
} from "./service";
import { routes as versionRoutes } from "./version-rest";
import { workflowObject } from "./wire";

/** A body may be as large as the largest spec that can be refused with a reason. */
const documentLimit = 3_000_000;
const one = "/api/workflows/{idOrSlug}";
const params = z.object({ idOrSlug: z.string() });
/** Read from JSON and looked at on the way in: nothing in it has to be walked again. */
const jsonObject = z.custom<JsonObject>(isJsonObject);

const definition = { family: "definitions" } as const;

export const routes: Route[] = [
  defineRoute({
    ...definition,
    method: "GET",
    path: "/api/workflows",
    scope: "workflows:read",
    summary: "List workflow definitions, newest first. (Runs are at /api/v1/workflows.)",
    query: z.object({ status: z.enum(workflowStatuses).optional(), ...pageQuery }),
    response: z.object({
      data: z.object({ workflows: z.array(workflowListObjectSchema), nextCursor: z.string().nullable() }),
    }),
    handler: async ({ actor, query }) => ({ body: { data: await listWorkflowPage(actor, query) } }),
  }),
  defineRoute({
    ...definition,
    method: "POST",
    path: "/api/workflows",
    scope: "workflows:write",
    summary: "Save a new workflow as a draft, version 1. Its issues come with the answer; they block publishing only.",
    body: createWorkflowSchema,
    bodyLimit: documentLimit,
    status: 201,
    idempotent: true,
    response: savedWorkflowAnswerSchema,
    handler: async ({ actor, body }) => saved(actor, await createWorkflow(actor, jsonObject.parse(body))),
  }),
  defineRoute({
    ...definition,
    method: "GET",
    path: one,
    scope: "workflows:read",
    summary: "Get a workflow by id or slug, in the spelling it was written in.",
    params,
    query: z.object({ format: z.enum(["source", "canonical"]).default("source") }),
    response: workflowAnswerSchema,
    tagged: true,
    handler: async ({ actor, params: { idOrSlug }, query }) => {
      const found = await getWorkflow(actor, idOrSlug);
      return {
        body: { data: { workflow: await workflowObject(actor, found, query.format) } },
        headers: { etag: etagOf(workflowState(found)) },
      };
    },
  }),
  defineRoute({
    ...definition,
    method: "PATCH",
    path: one,
    scope: "workflows:write",
    summary:
      "Change what is given. A change of spec, triggers or config is a new version and makes the workflow a draft; open runs go on.",
    params,
    body: changeWorkflowSchema,
    bodyLimit: documentLimit,
    response: savedWorkflowAnswerSchema,
    tagged: true,
    handler: async ({ actor, params: { idOrSlug }, body, request }) => {
      const unchanged = unchangedSince(request, "workflow");
      const after = await changeWorkflow(actor, idOrSlug, jsonObject.parse(withoutUndefined(body)), (current) => {
        unchanged(workflowState(current));
      });
      return { ...(await saved(actor, after)), headers: { etag: etagOf(workflowState(after)) } };
    },
  }),
  defineRoute({
    ...definition,
    method: "DELETE",
    path: one,
    scope: "workflows:write",
    summary: "Archive a workflow; refused while runs are open.",
    params,
    response: workflowAnswerSchema,
    handler: async ({ actor, params: { idOrSlug } }) => single(actor, await archiveWorkflow(actor, idOrSlug)),
  }),
  defineRoute({
    ...definition,
    method: "POST",
    path: `${one}/publish`,
    scope: "workflows:publish",
    summary: "Make the newest version live.",
    params,
    body: z.strictObject({ note: z.string().max(1000).optional() }),
    response: savedWorkflowAnswerSchema,
    handler: async ({ actor, params: { idOrSlug }, body }) =>
      saved(actor, await publishWorkflow(actor, idOrSlug, body.note === undefined ? {} : { note: body.note })),
  }),
  defineRoute({
    ...definition,
    method: "POST",
    path: `${one}/retire`,
    scope: "workflows:publish",
    summary: "Start nothing new any more; open runs go on.",
    params,
    body: z.strictObject({}),
    response: workflowAnswerSchema,
    handler: async ({ actor, params: { idOrSlug } }) => single(actor, await retireWorkflow(actor, idOrSlug)),
  }),
  defineRoute({
    ...definition,
    method: "POST",
    path: `${one}/rollback`,
    scope: "workflows:publish",
    summary: "Publish a copy of an earlier version as the newest one.",
    params,
    body: z.strictObject({ version: versionNumber }),
    response: savedWorkflowAnswerSchema,
    handler: async ({ actor, params: { idOrSlug }, body }) =>
      saved(actor, await rollbackWorkflow(actor, idOrSlug, body.version)),
  }),
  defineRoute({
    ...definition,
    method: "POST",
    path: "/api/workflows/validate",
    scope: "workflows:read",
    summary: "Say what is wrong with a workflow document without saving it.",
    body: validateWorkflowSchema,
    bodyLimit: documentLimit,
    response: z.object({ data: z.object({ issues: z.array(errorDetailSchema) }) }),
    handler: async ({ actor, body }) => ({
      body: { data: { issues: (await validateDocument(actor, jsonObject.parse(body))).map(issueDetail) } },
    }),
  }),
  defineRoute({
    ...definition,
    method: "POST",
    path: `${one}/validate`,
    scope: "workflows:read",
    summary: "Say what is wrong with a spec for this workflow, or with its newest version when no spec is sent.",
    params,
    body: changeWorkflowSchema,
    bodyLimit: documentLimit,
    response: z.object({ data: z.object({ issues: z.array(errorDetailSchema) }) }),
    handler: async ({ actor, params: { idOrSlug }, body }) => ({
      body: {
        data: {
          issues: (await validateDocument(actor, jsonObject.parse(withoutUndefined(body)), idOrSlug)).map(issueDetail),
        },
      },
    }),
  }),
  ...versionRoutes,
];

/** What makes one state of a workflow another, in whichever spelling it is shown. */
function workflowState({ workflow, head }: WorkflowWithHead) {
  return { ...workflow, head: head.number, updatedAt: workflow.updatedAt.getTime() };
}

async function saved(actor: Actor, workflow: WorkflowWithHead & { issues: Issue[] }) {
  return {
    body: { data: { workflow: await workflowObject(actor, workflow), issues: workflow.issues.map(issueDetail) } },
  };
}

async function single(actor: Actor, workflow: WorkflowWithHead) {
  return { body: { data: { workflow: await workflowObject(actor, workflow) } } };
}

function withoutUndefined(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}
