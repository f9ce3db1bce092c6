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

/** How a request ended, for the customer. `declined`: somebody said no; `timed_out`: somebody did not answer in time. */
export type RequestOutcome = "completed" | "declined" | "timed_out" | "failed" | "cancelled";

export interface CustomerRequest {
  id: string;
  title: string;
  /** When it was asked for: its place in the conversation. */
  askedAt: string;
  /** What happens now, or how it ended. */
  state: "working" | "waiting_for_people" | "with_colleague" | "waiting_for_you" | RequestOutcome;
  isOver: boolean;
  label: string;
  since: string;
  /** When they last asked how it stands, and whether they may now; whether they may withdraw it. */
  nudgedAt: string | null;
  mayNudge: boolean;
  mayWithdraw: boolean;
  /** What was done and what is under way. What may come is not told: nobody has decided it yet. */
  steps: { label: string; state: "done" | "now" }[];
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
