import type { CustomerForm, PastCustomerForm } from "./conversation";
import type { RunListItem } from "./run";

/** Characters of a message, a note or a canned answer. */
export const longestMessage = 4000;
export const longestCannedName = 60;
/** Why somebody takes a conversation over from a colleague, or lets go of it. */
export const longestWord = 500;

/** Where a conversation stands in the queue of whoever looks. */
export const queueSections = ["handed_over", "unanswered", "mine", "others", "closed"] as const;
export type QueueSection = (typeof queueSections)[number];

/** Who has it. */
export interface Claim {
  userId: string;
  name: string;
  since: string;
  /** Of whoever looks. */
  isMine: boolean;
}

/** A conversation in the queue. */
export interface QueueItem {
  id: string;
  subject: string;
  contact: { name: string; email: string | null };
  section: QueueSection;
  claim: Claim | null;
  handedOverAt: string | null;
  /** Since when the customer waits for a person to answer. */
  needsAnswerSince: string | null;
  /** The customer wrote something that whoever looks has not opened yet. */
  unread: boolean;
  last: { author: string; authorName: string; body: string; at: string } | null;
  at: string;
}

/** Something that was said, or noted among colleagues: `note` is never shown to the customer. */
export interface ThreadEntry {
  kind: "message" | "note";
  id: string;
  author: "contact" | "workflow" | "operator";
  authorName: string;
  body: string;
  at: string;
}

/** What a run wants from whoever has its conversation. */
export interface ConsoleHandoff {
  /** The request in the inbox. */
  id: string;
  runId: string;
  workflow: string;
  headline: string;
  detail: string | null;
  dueAt: string | null;
  canAnswer: boolean;
  cannotAnswerReason: string | null;
}

/** One conversation with all that an operator needs beside its thread. */
export interface ConsoleConversation {
  id: string;
  subject: string;
  contact: { id: string; name: string; email: string | null; phone: string | null; plan: string | null };
  claim: Claim | null;
  handedOverAt: string | null;
  needsAnswerSince: string | null;
  closedAt: string | null;
  /** Whether whoever looks may claim it, write and close it. */
  mayWrite: boolean;
  handoffs: ConsoleHandoff[];
  runs: RunListItem[];
  /** Other conversations with the same customer, newest first. */
  earlier: ConversationBrief[];
  /** What the customer is asked to fill in, and was. */
  forms: CustomerForm[];
  pastForms: PastCustomerForm[];
}

export interface CannedAnswer {
  id: string;
  name: string;
  /** {name} stands for the customer's name. */
  body: string;
}

export interface ConversationBrief {
  id: string;
  subject: string;
  /** Of its last message. */
  at: string;
  isOpen: boolean;
}

/** What there was with a contact, the latest first. */
export interface ContactHistory {
  /** Whether whoever looks may correct the contact. */
  mayChange: boolean;
  conversations: ConversationBrief[];
  runs: RunListItem[];
  forms: {
    id: string;
    title: string;
    askedAt: string;
    status: "open" | "answered" | "closed";
    answeredAt: string | null;
  }[];
}
