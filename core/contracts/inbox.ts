import { z } from "zod";
import type { Json, JsonObject } from "@/core/json";
import type { ApprovalContext, ApprovalItem } from "./approval";
import type { RepairContext, RepairItem } from "./repair";
import type { Undecidable } from "./undecidable";
import type { CountsBy } from "./calendar";

/**
 * What is asked of people beside approvals: a form that a colleague fills in, a conversation that was handed over, and what came of a
 * call that nobody knows the outcome of.
 */
export type AskKind = "form" | "handoff" | "outcome";

/** `expired`: nobody answered in time; `closed`: it is not needed any more. */
export type AskStatus = "open" | "answered" | "expired" | "closed";

/** A card of the inbox that asks for more than a yes or no. */
export interface AskItem {
  kind: AskKind;
  id: string;
  runId: string;
  nodeId: string;
  status: AskStatus;
  headline: string;
  /** What its author wants those to know who are asked. */
  detail: string | null;
  /** For people: "Operator", "Kim". */
  assignTo: string[];
  dueAt: string | null;
  /** By which calendar that was counted; null: every hour. */
  countsBy: CountsBy | null;
  createdAt: string;
  requestedBy: string | null;
  /** Asked by a test: only its tester sees it. */
  test: boolean;
  workflow: { id: string; slug: string; name: string; version: number };
  answeredBy: string | null;
  answeredAt: string | null;
  /** Whether the person looking may answer, and if not why. */
  canAnswer: boolean;
  cannotAnswerReason: string | null;
  undecidable: Undecidable | null;
  /** Who is away, where the person looking answers it in their name for that reason. `until`: when they are back; null where nobody knows. */
  standsInFor: { name: string; until: string | null } | null;
}

/** A request as it was sent, or would be, without credentials. */
export interface SentCall {
  connection: string;
  method: string;
  path: string;
  query: Json;
  body: Json;
}

/** The card unfolded: what is to be answered, and what one must know for it. */
export interface AskContext extends AskItem {
  /** Of a form: its questions, in their author's order, and what is filled in already. */
  form: {
    schema: JsonObject;
    values: JsonObject;
    /** Fields whose answers are sensitive: never kept in the browser. */
    hidden: string[];
  } | null;
  /** Of a call in question: the only answers there are, what was sent, and what the last one answered. */
  question: { text: string; choices: { value: string; label: string }[]; sent: SentCall | null } | null;
  /** Once it is answered: the choice or the words, what was noted, and of a form the values. */
  answer: { words: string | null; note: string | null; values: JsonObject | null } | null;
  /** Of a handoff in a conversation, oldest first; null where the reader may not read conversations. */
  conversation: {
    id: string;
    contact: { name: string; email: string | null };
    /** Whether the person looking may write in it. */
    mayReply: boolean;
    messages: { id: string; author: string; authorName: string; body: string; at: string }[];
  } | null;
  steps: ApprovalContext["steps"];
}

/** One card of the inbox, approvals among the others. */
export type InboxItem = ({ kind: "approval" } & ApprovalItem) | AskItem | RepairItem;

/** One card unfolded. */
export type InboxContext = ({ kind: "approval" } & ApprovalContext) | AskContext | RepairContext;

/** How many wait, as far as they are counted; from this number on it says "and more". */
export const mostCounted = 1_000;

/** What can stand in the inbox. `review`: a draft that waits for a second person before it goes live. */
export const inboxKinds = ["approval", "form", "handoff", "outcome", "failed", "review"] as const;
export type InboxKind = (typeof inboxKinds)[number];

/** `due`: earliest first, and what is never due last. `age`: oldest first. `amount`: by currency, most first, and what names none last. */
export const inboxSorts = ["due", "age", "amount"] as const;
export type InboxSort = (typeof inboxSorts)[number];

/** Of what waits only this. */
export const inboxFilterSchema = z.object({
  /** Slug of a workflow. */
  workflow: z.string().max(100).optional(),
  kind: z.enum(inboxKinds).optional(),
  /** `me`: by name. `others`: given to the reader by somebody who is asked. Else one of the references that they are asked as, as `role:manager`. */
  askedAs: z.string().max(200).optional(),
});
export type InboxFilter = z.output<typeof inboxFilterSchema>;

/** A workflow with something in the inbox. */
export interface InboxGroup {
  slug: string;
  name: string;
  /** Up to `mostCountedOfGroup`. */
  count: number;
}

export interface InboxGroups {
  /** By name. */
  groups: InboxGroup[];
  /** What the reader is asked as beside their own name: references and what they are called. */
  askedAs: { ref: string; name: string }[];
}

/** Of one workflow so many are counted; from this number on it says "and more". */
export const mostCountedOfGroup = 200;

/** Somebody else who has an item open. */
export interface InboxLooker {
  itemId: string;
  userId: string;
  name: string;
}

/** So many items are asked about at once. */
export const mostLookedAfter = 200;
