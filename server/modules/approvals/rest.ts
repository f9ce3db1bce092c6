import { z } from "zod";
import { decisionBodySchema, rejectBodySchema } from "@/core/contracts/decision-rest";
import {
  answerBodySchema,
  approvalObjectSchema,
  askBodySchema,
  delegateBodySchema,
  reassignBodySchema,
} from "@/core/contracts/approval-rest";
import { AppError } from "@/core/errors";
import { readId } from "@/core/ids";
import { nextCursorSchema, pageQuery } from "@/server/api/rest/paging";
import { defineRoute, type Route } from "@/server/api/rest/route";
import type { UserActor } from "@/server/db/tenant";
import { decisionsRoute } from "./decisions-rest";
import { routes as runDetailRoutes } from "./run-detail-rest";
import { approvalObject } from "./wire";
import {
  answerQuestion,
  askBack,
  decideApproval,
  delegateApproval,
  getApproval,
  listApprovalsFor,
  reassignApproval,
  takeBackDelegation,
} from "./service";

const listRoute = defineRoute({
  method: "GET",
  path: "/api/v1/approvals",
  family: "runs",
  scope: "approvals:read",
  summary: "List approvals of the organization: open ones (earliest due first) or decided ones.",
  query: z.object({
    status: z.enum(["pending", "decided"]).default("pending"),
    run_id: z.string().max(100).optional().describe("Only approvals of this run."),
    ...pageQuery,
  }),
  response: z.object({ approvals: z.array(approvalObjectSchema), next_cursor: nextCursorSchema }),
  async handler({ actor, query }) {
    const { items, nextCursor } = await listApprovalsFor(actor, {
      view: query.status,
      all: true,
      ...(query.run_id === undefined ? {} : { runId: existingRunId(query.run_id) }),
      limit: query.limit,
      offset: query.offset,
      cursor: query.cursor,
    });
    return { body: { approvals: items.map(approvalObject), next_cursor: nextCursor } };
  },
});

/** What is no id is the id of no run. */
function existingRunId(text: string): string {
  const id = readId("run", text);
  if (id === null) throw new AppError("not_found", "There is no such run.");
  return id;
}

const getRoute = defineRoute({
  method: "GET",
  path: "/api/v1/approvals/{approvalId}",
  family: "runs",
  scope: "approvals:read",
  summary: "Get one approval.",
  params: z.object({ approvalId: z.string() }),
  response: approvalObjectSchema,
  async handler({ actor, params }) {
    return { body: approvalObject(await getApproval(actor, params.approvalId)) };
  },
});

/** Approve and reject, at the approval's own address and under its run. */
const decideRoutes = (["approve", "reject"] as const).flatMap((verb): Route[] => {
  const decision = verb === "approve" ? "approved" : "rejected";
  const shared = {
    method: "POST",
    family: "runs",
    scope: "approvals:decide",
    body: verb === "approve" ? decisionBodySchema : rejectBodySchema,
    response: approvalObjectSchema,
  } as const;
  const decide = async (actor: UserActor, approvalId: string, body: z.output<typeof decisionBodySchema>) => {
    const item = await decideApproval(actor, approvalId, {
      decision,
      via: actor.via === "ui" ? "ui" : "api",
      ...(body.comment === undefined ? {} : { comment: body.comment }),
      ...(body.message_to_requester === undefined ? {} : { messageToRequester: body.message_to_requester }),
      ...(body.edits === undefined ? {} : { edits: body.edits }),
      ...(body.on_behalf_of === undefined ? {} : { onBehalfOf: body.on_behalf_of }),
    });
    return { body: approvalObject(item) };
  };
  return [
    defineRoute({
      ...shared,
      path: `/api/v1/approvals/{approvalId}/${verb}`,
      summary:
        verb === "approve"
          ? "Approve; the run goes on."
          : "Reject; the run takes its rejected path, or fails with approval_rejected.",
      params: z.object({ approvalId: z.string() }),
      handler: ({ actor, params, body }) => decide(actor, params.approvalId, body),
    }),
    ...(["workflows", "runs"] as const).map((noun) =>
      defineRoute({
        ...shared,
        path: `/api/v1/${noun}/{id}/approvals/{approvalId}/${verb}`,
        summary:
          verb === "approve"
            ? "Approve a pending approval of this run; the run goes on."
            : "Reject a pending approval of this run.",
        params: z.object({ id: z.string(), approvalId: z.string() }),
        async handler({ actor, params, body }) {
          const { runId } = await getApproval(actor, params.approvalId);
          if (runId !== readId("run", params.id)) throw new AppError("not_found", "This run has no such approval.");
          return decide(actor, params.approvalId, body);
        },
      }),
    ),
  ];
});

const reassignRoute = defineRoute({
  method: "POST",
  path: "/api/v1/approvals/{approvalId}/reassign",
  family: "runs",
  scope: "approvals:reassign",
  summary:
    "Ask others instead to decide an open approval: by administrators, and by the owner of the workflow. Whoever asked for it under four eyes neither gives nor gets it.",
  params: z.object({ approvalId: z.string() }),
  body: reassignBodySchema,
  response: approvalObjectSchema,
  async handler({ actor, params, body }) {
    const item = await reassignApproval(actor, params.approvalId, {
      assignTo: body.assign_to,
      ...(body.reason === undefined ? {} : { reason: body.reason }),
    });
    return { body: approvalObject(item) };
  },
});

const delegation = {
  path: "/api/v1/approvals/{approvalId}/delegate",
  family: "runs",
  scope: "approvals:decide",
  params: z.object({ approvalId: z.string() }),
  response: approvalObjectSchema,
} as const;

const delegateRoute = defineRoute({
  ...delegation,
  method: "POST",
  summary:
    "Give an open approval that is asked of you to a colleague, who decides it in your name. Either of you may decide, once.",
  body: delegateBodySchema,
  async handler({ actor, params, body: { to, reason } }) {
    const item = await delegateApproval(actor, params.approvalId, { to, ...(reason === undefined ? {} : { reason }) });
    return { body: approvalObject(item) };
  },
});

const takeBackRoute = defineRoute({
  ...delegation,
  method: "DELETE",
  summary: "Take an approval back from the colleague whom you gave it to, as long as nobody has decided.",
  async handler({ actor, params }) {
    return { body: approvalObject(await takeBackDelegation(actor, params.approvalId)) };
  },
});

const askRoute = defineRoute({
  ...delegation,
  method: "POST",
  path: "/api/v1/approvals/{approvalId}/ask",
  summary:
    "Ask the requester something before deciding: the customer in the conversation of the run, or the member who began it. The time stands still until the answer.",
  body: askBodySchema,
  async handler({ actor, params, body }) {
    return { body: approvalObject(await askBack(actor, params.approvalId, body.question)) };
  },
});

const answerRoute = defineRoute({
  ...delegation,
  method: "POST",
  path: "/api/v1/approvals/{approvalId}/answer",
  scope: "runs:start",
  summary: "Answer the open question of an approval, as the member whom it is asked of. The time goes on.",
  body: answerBodySchema,
  async handler({ actor, params, body }) {
    return { body: approvalObject(await answerQuestion(actor, params.approvalId, body.answer)) };
  },
});

export const routes = [
  decisionsRoute,
  askRoute,
  answerRoute,
  ...runDetailRoutes,
  listRoute,
  getRoute,
  ...decideRoutes,
  reassignRoute,
  delegateRoute,
  takeBackRoute,
];
