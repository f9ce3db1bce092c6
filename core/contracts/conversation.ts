/** What the customer's page /c/[token] shows. Never holds internal comments, ids of people or other runs. */
export interface CustomerConversation {
  organization: string;
  contact: { name: string; email: string | null };
  messages: { id: string; author: "contact" | "workflow" | "operator"; authorName: string; body: string; at: string }[];
  /** The last word is the customer's, and nothing here took it: no workflow, and no person is in the conversation. */
  leftAlone: boolean;
  quickReplies: { value: string; label: string }[];
  /** Progress of open and recent requests in plain words. */
  requests: {
    id: string;
    title: string;
    state: "working" | "waiting_for_people" | "waiting_for_you" | "done" | "stopped";
    label: string;
    since: string;
    steps: { label: string; state: "done" | "now" | "next" }[];
  }[];
  /** With what the page asks to be told of news; it opens nothing. */
  newsKey: string;
  /** Forms waiting for the customer in this conversation. */
  forms: { waitpointId: string; title: string; schema: Record<string, unknown>; values: Record<string, unknown> }[];
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
