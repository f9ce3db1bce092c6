import { z } from "zod";
import type { CustomerConversation } from "@/core/contracts/conversation";
import { AppError } from "@/core/errors";
import { newId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import { seenFrom, type Actor, type OrganizationId } from "@/server/db/tenant";
import { auditActor, auditProof, withTransaction } from "@/server/db/transaction";
import { contactFacts } from "@/server/modules/contacts/service";
import { timesAfterAnswer } from "@/server/modules/approvals/service";
import { deliverEvent, recordEvent } from "@/server/modules/events/service";
import { getOrganization } from "@/server/modules/organizations/service";
import {
  listForms,
  progressOf,
  requestFacts,
  type FormRow,
  type RequestFacts,
} from "@/server/modules/requests/service";
import { formOfCustomer, submitForm, type FileForm } from "@/server/modules/runs/service";
import { hasOpenRequest } from "./has-open-request";
import { newsKey } from "./link-token";
import { openConversation, openToAct } from "./open-conversation";
import { answerOpenQuestion } from "./question-store";
import * as repository from "./repository";
import type { MessageRow } from "./repository";
import { openForms, pastForms } from "./customer-forms";
import { isLeftAlone, messageEvent } from "./taken";

const shownMessages = 200;
/** Of those that have ended; what is still open is always shown. */
const shownRequests = 20;
const shownPastForms = 20;

const quickRepliesSchema = z.array(z.object({ value: z.string(), label: z.string() }));
const authorSchema = z.enum(["contact", "workflow", "operator"]).catch("operator");

/** What the customer's page shows. The token is the proof. */
export async function readConversation(token: string): Promise<CustomerConversation> {
  const { conversation, contact, actor } = await openConversation(token);
  const [organization, messages, requests] = await Promise.all([
    getOrganization(actor),
    repository.listMessages(actor.organizationId, conversation.id, shownMessages),
    requestsOf(actor.organizationId, conversation.id),
  ]);
  const past = await formsThatAreOver(actor.organizationId, requests);
  const openKinds = requests.flatMap(({ waitpoints }) => waitpoints.map(({ kind }) => kind));
  return {
    organization: organization.name,
    contact: { name: contact.name, email: contact.email },
    messages: messages.map((message) => shownMessage(message)),
    leftAlone: await isLeftAlone(actor.organizationId, messages, openKinds),
    quickReplies: quickRepliesSchema.parse(conversation.quickReplies),
    requests: await progressOf(actor.organizationId, requests, past),
    newsKey: newsKey(conversation),
    forms: await openForms(actor.organizationId, requests),
    pastForms: await pastForms(actor.organizationId, past),
  };
}

/**
 * Keeps the message, then lets workflows answer it. A ready-made request that is still open is not made again: `already`. `visitor`: who is signed
 * in to Holdpoint in that browser; their link from then on.
 */
export async function sendFromCustomer(
  token: string,
  message: { body: string; quickReply?: string },
  visitor: Actor | null,
): Promise<{ id: string; already: boolean }> {
  const { conversation, contact, actor } = await openToAct(token, visitor);
  const { organizationId } = actor;
  const quickReply = message.quickReply ?? null;
  if (
    quickReply !== null &&
    !quickRepliesSchema.parse(conversation.quickReplies).some(({ value }) => value === quickReply)
  ) {
    throw new AppError("validation_failed", "This conversation does not offer that reply. Load the page again.", [
      { code: "unknown_reply", severity: "error", path: "quickReply", message: "Choose one of the offered replies." },
    ]);
  }
  const id = newId();
  const data: JsonObject = {
    conversationId: conversation.id,
    messageId: id,
    contact: contactFacts(contact),
    text: message.body,
    quickReply,
  };
  const times = quickReply === null ? await timesAfterAnswer(organizationId, { conversation: conversation.id }) : {};
  const event = await withTransaction(async (tx) => {
    if (quickReply !== null && (await hasOpenRequest(tx, conversation.id, quickReply))) return "already" as const;
    const isAnswer =
      quickReply === null &&
      (await answerOpenQuestion(tx, {
        org: organizationId,
        conversation: conversation.id,
        ...times,
        byName: contact.name,
        text: message.body,
        via: "link",
        actor: auditActor(actor),
        proof: auditProof(actor),
      }));
    await repository.insertMessage(tx, {
      id,
      organizationId,
      conversationId: conversation.id,
      author: "contact",
      authorName: contact.name,
      body: message.body,
      ...(quickReply === null ? {} : { data: { quickReply } }),
    });
    // It is said to whoever asked: no workflow takes it for a new request.
    if (isAnswer) return null;
    return recordEvent(tx, organizationId, messageEvent, data, {
      externalId: id,
      contactId: contact.id,
      conversationId: conversation.id,
      requestedBy: contact.email ?? contact.name,
      // Through this link it may have been one of these.
      begunWith: [...new Set(conversation.linkKnownTo)],
    });
  });
  if (event === "already") return { id, already: true };
  if (event !== null) await deliverEvent(event);
  return { id, already: false };
}

/** What the customer is asked to fill in, and was, as their page shows it. */
export async function formsOfConversation(
  organizationId: OrganizationId,
  conversationId: string,
): Promise<Pick<CustomerConversation, "forms" | "pastForms">> {
  const requests = await requestsOf(organizationId, conversationId);
  const past = await formsThatAreOver(organizationId, requests);
  return { forms: await openForms(organizationId, requests), pastForms: await pastForms(organizationId, past) };
}

async function requestsOf(organizationId: OrganizationId, conversationId: string): Promise<RequestFacts[]> {
  return requestFacts(organizationId, await repository.listRequestRuns(organizationId, conversationId, shownRequests));
}

function formsThatAreOver(organizationId: OrganizationId, requests: readonly RequestFacts[]): Promise<FormRow[]> {
  const runIds = requests.map(({ run }) => run.id);
  return listForms(organizationId, runIds, shownPastForms, true);
}

/** A form that the customer is asked, for a file that they add to it. */
export async function formOfConversation(token: string, waitpointId: string, visitor: Actor | null): Promise<FileForm> {
  const { conversation, actor } = await openToAct(token, visitor);
  const runIds = await repository.listRunIds(actor.organizationId, conversation.id);
  return formOfCustomer(actor, runIds, waitpointId);
}

export async function submitCustomerForm(
  token: string,
  form: { waitpointId: string; values: JsonObject },
  by: { visitor: Actor | null; address?: string },
): Promise<{ ok: true }> {
  const { conversation, actor: contact } = await openToAct(token, by.visitor);
  const actor = seenFrom(contact, by.address ?? null);
  const conversationRunIds = await repository.listRunIds(actor.organizationId, conversation.id);
  await submitForm(actor.organizationId, { ...form, actor, via: "link", conversationRunIds });
  return { ok: true };
}

function shownMessage({
  id,
  author,
  authorName,
  body,
  createdAt,
}: MessageRow): CustomerConversation["messages"][number] {
  return { id, author: authorSchema.parse(author), authorName, body, at: createdAt.toISOString() };
}
