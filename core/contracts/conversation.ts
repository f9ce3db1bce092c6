import type { CustomerRequest } from "./request";

/** What the customer's page /c/[token] shows. Never holds internal comments, ids of people or other runs. */
export interface CustomerConversation {
  organization: string;
  contact: { name: string; email: string | null };
  messages: { id: string; author: "contact" | "workflow" | "operator"; authorName: string; body: string; at: string }[];
  /** The last word is the customer's, and nothing here took it: no workflow, and no person is in the conversation. */
  leftAlone: boolean;
  quickReplies: { value: string; label: string }[];
  /** Progress of open and recent requests in plain words. */
  requests: CustomerRequest[];
  /** With what the page asks to be told of news; it opens nothing. */
  newsKey: string;
  /** Forms waiting for the customer in this conversation. */
  forms: CustomerForm[];
  /** Those of the requests above that take no answer any more, the latest. */
  pastForms: PastCustomerForm[];
}

export interface CustomerForm {
  waitpointId: string;
  title: string;
  /** What whoever asks says before the questions; may be empty. */
  introduction: string;
  askedAt: string;
  schema: Record<string, unknown>;
  values: Record<string, unknown>;
  /** Fields whose answers are sensitive: never kept in the browser. */
  hidden: string[];
}

export interface PastCustomerForm {
  waitpointId: string;
  title: string;
  askedAt: string;
  endedAt: string;
  /** `withdrawn`: nobody needs the answers any more. */
  outcome: "sent" | "timed_out" | "withdrawn";
  /** Who sent it: through this conversation's link, or one of the team. */
  by: "you" | "team" | null;
  schema: Record<string, unknown>;
  /** What was sent; what is sensitive is covered. */
  values: Record<string, unknown>;
}

/** Demo mailbox: a captured message as its reader would see it. */
export interface CapturedMessage {
  id: string;
  channel: string;
  address: string;
  subject: string | null;
  body: string;
  status: string;
  runId: string | null;
  at: string;
}
