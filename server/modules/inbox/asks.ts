import { countsBy } from "@/core/contracts/calendar";
import type { AskContext, AskItem, AskStatus } from "@/core/contracts/inbox";
import { unknownOutcomeChoices } from "@/core/contracts/handoff";
import { asObject, type Json } from "@/core/json";
import { askableSchema } from "@/core/schema/asked-schema";
import { hasScope, type Actor } from "@/server/db/tenant";
import { assigneeRefsOf, memberNames, nameRefs } from "@/server/modules/directory/service";
import { getConversation } from "@/server/modules/conversations/service";
import {
  coveredAnswers,
  coverOf,
  findDeputies,
  getForm,
  masksOfRuns,
  noMask,
  readHandoff,
  readUndecidable,
  runStepsBrief,
  sensitiveFields,
  workflowRefs,
  type Mask,
} from "@/server/modules/runs/service";
import type { AskedRow } from "./store";

/** Forms and handoffs as their reader sees them. What a step of the run calls sensitive is hidden: nobody decides by a list. */
export async function toAsks(actor: Actor, rows: readonly AskedRow[]): Promise<AskItem[]> {
  if (rows.length === 0) return [];
  const { organizationId } = actor;
  const [workflows, names, refs, deputies, members, masks] = await Promise.all([
    workflowRefs(organizationId, [...new Set(rows.map(({ workflowId }) => workflowId))]),
    nameRefs(organizationId, [...new Set(rows.flatMap(({ assignees }) => assignees))]),
    assigneeRefsOf(actor),
    findDeputies(
      organizationId,
      rows.filter(({ status }) => status === "open").map(({ id }) => id),
    ),
    memberNames(organizationId),
    masksOfRuns(organizationId, [...new Set(rows.map(({ runId }) => runId))]),
  ]);
  return rows.map((row) => {
    const mask = masks.get(row.runId) ?? noMask;
    const deputy = deputies.find(({ id, to }) => id === row.id && to === actor.userId);
    const refusal = refusalOf(actor, row, refs, deputy !== undefined);
    return {
      kind: kindOf(row),
      id: row.id,
      runId: row.runId,
      nodeId: row.nodeId,
      status: statusOf(row),
      ...wordsOf(row, mask),
      assignTo: row.assignees.map((ref) => names.get(ref) ?? ref),
      dueAt: row.dueAt?.toISOString() ?? null,
      countsBy: countsBy(asObject(row.request)),
      createdAt: row.createdAt.toISOString(),
      requestedBy: mask(row.requestedBy),
      test: row.test,
      workflow: {
        id: row.workflowId,
        slug: workflows.get(row.workflowId)?.slug ?? "",
        name: workflows.get(row.workflowId)?.name ?? "A deleted workflow",
        version: row.version,
      },
      answeredBy: row.status === "resolved" ? row.resolvedByName : null,
      answeredAt: row.resolvedAt?.toISOString() ?? null,
      canAnswer: row.status === "open" && refusal === null,
      cannotAnswerReason: row.status === "open" ? refusal : null,
      undecidable: readUndecidable(row),
      standsInFor:
        deputy === undefined
          ? null
          : { name: members.get(deputy.from) ?? "A colleague", until: deputy.until?.toISOString() ?? null },
    };
  });
}

/** One of them with all that its answer needs. Refused to those who may not see its run. */
export async function askContext(actor: Actor, row: AskedRow): Promise<AskContext | null> {
  const [item] = await toAsks(actor, [row]);
  if (!item) return null;
  const [steps, masks, form, handoff] = await Promise.all([
    runStepsBrief(row.runId),
    masksOfRuns(actor.organizationId, [row.runId]),
    item.kind === "form" ? getForm(actor, row.id) : null,
    item.kind === "form" ? null : readHandoff(actor, row.id),
  ]);
  const mask = masks.get(row.runId) ?? noMask;
  return {
    ...item,
    headline: form?.form.title ?? item.headline,
    form: form && {
      schema: form.form.schema,
      values: form.form.values,
      hidden: sensitiveFields(mask, row.nodeId, Object.keys(asObject(askableSchema(form.form.schema)["properties"]))),
    },
    question:
      handoff === null || handoff.question === null
        ? null
        : {
            text: handoff.question,
            choices: handoff.choices,
            sent: handoff.request && sentOf(handoff.request),
          },
    answer: item.status === "answered" ? answerOf(row, mask) : null,
    conversation: await conversationOf(actor, row),
    steps: steps.map(({ nodeId, ...step }) => ({
      ...step,
      summary: step.summary === null ? null : (mask.secrets.steps.get(nodeId)?.summary ?? mask(step.summary)),
    })),
  };
}

/** What was answered; what is sensitive is hidden, as in the run. */
function answerOf(row: AskedRow, mask: Mask): NonNullable<AskContext["answer"]> {
  const { resolution, note, values } = asObject(row.resolution);
  const said = (text: Json | undefined): string | null => (typeof text === "string" && text !== "" ? mask(text) : null);
  const choice = unknownOutcomeChoices.find(({ value }) => kindOf(row) === "outcome" && value === resolution);
  return {
    words: choice?.label ?? said(resolution),
    note: said(note),
    values: row.kind === "form" ? coveredAnswers(mask, row.nodeId, asObject(values)) : null,
  };
}

function sentOf({
  connection,
  method,
  path,
  query,
  body,
}: NonNullable<Awaited<ReturnType<typeof readHandoff>>["request"]>) {
  return { connection, method, path, query, body };
}

/** The thread that was handed over. */
async function conversationOf(actor: Actor, row: AskedRow): Promise<AskContext["conversation"]> {
  const id = asObject(row.request)["conversationId"];
  if (row.kind !== "handoff" || typeof id !== "string" || !hasScope(actor, "conversations:read")) return null;
  const { contact, messages } = await getConversation(actor, id);
  return {
    id,
    contact: { name: contact.name, email: contact.email },
    mayReply: hasScope(actor, "conversations:write"),
    messages: messages.map((message) => ({
      id: message.id,
      author: message.author,
      authorName: message.author_name,
      body: message.body,
      at: message.at,
    })),
  };
}

function kindOf({ kind, request }: AskedRow): AskItem["kind"] {
  if (kind === "form") return "form";
  return asObject(request)["unknownOutcome"] === true ? "outcome" : "handoff";
}

function statusOf({ status, outcome }: AskedRow): AskStatus {
  if (status === "open") return "open";
  if (status !== "resolved") return "closed";
  return outcome === "due" ? "expired" : "answered";
}

function wordsOf(row: AskedRow, mask: Mask): Pick<AskItem, "headline" | "detail"> {
  const request = asObject(row.request);
  const hidden = mask.secrets.steps.get(row.nodeId)?.hidden;
  const said = (field: string): string | null => {
    const text = request[field];
    if (typeof text !== "string" || text === "") return null;
    return coverOf(["input", field], hidden) ?? mask(text);
  };
  if (row.kind === "form") return { headline: said("title") ?? "Form", detail: said("description") };
  return { headline: said("title") ?? said("headline") ?? "Conversation", detail: said("summary") };
}

/** Why this person may not answer; null if they may. The answer itself is checked again, where it is taken. */
function refusalOf(actor: Actor, row: AskedRow, refs: readonly string[], isDeputy: boolean): string | null {
  const scope = row.kind === "form" ? "forms:submit" : "handoffs:resolve";
  if (!hasScope(actor, scope)) return "Your role may look, not answer. An operator, a builder or an administrator can.";
  // A form that asks nobody in particular is open to colleagues.
  const isAsked =
    row.assignees.length === 0 ||
    isDeputy ||
    hasScope(actor, "approvals:decide:any") ||
    row.assignees.some((ref) => refs.includes(ref));
  return isAsked ? null : "This is for somebody else. Ask them, or an administrator, to answer it.";
}
