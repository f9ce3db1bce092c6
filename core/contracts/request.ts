import { z } from "zod";

/** The longest words that somebody gives for withdrawing. */
export const maxReason = 500;

/** Why somebody takes their request back, where they say so. */
export const withdrawReasonSchema = z
  .string()
  .trim()
  .max(maxReason, `A reason has at most ${String(maxReason)} characters.`)
  .optional();

/** How a request ended, for whoever made it. `declined`: somebody said no; `timed_out`: somebody did not answer in time. */
export type RequestOutcome = "completed" | "declined" | "timed_out" | "failed" | "cancelled";

/** A request in the words of whoever made it. Never holds internal comments, ids of people or other runs. */
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
  /** How long what it waits for takes as a rule: "within 4 hours"; null where nobody can tell yet, or nobody is asked. */
  usual: string | null;
  /** When they last asked how it stands, and whether they may now; whether they may withdraw it. */
  nudgedAt: string | null;
  mayNudge: boolean;
  mayWithdraw: boolean;
  /** What was done and what is under way. What may come is not told: nobody has decided it yet. */
  steps: { label: string; state: "done" | "now" }[];
}

/** What those who decided said to whoever asked. `by`: null for people outside, who need no names. */
export interface RequestWord {
  text: string;
  by: string | null;
  at: string;
}

/** A request in the list of the member who made it: `label` says who has it, or how it ended. */
export interface MyRequest extends Omit<CustomerRequest, "steps"> {
  /** What tells it from others of its kind: an address, a name, an order. */
  subject: string | null;
  /** Why it ended as it did, or what was said last; null: nothing was said. */
  why: string | null;
}

export interface MyRequestDetail extends MyRequest {
  steps: CustomerRequest["steps"];
  words: RequestWord[];
  /** The questions they answered, and what they answered; what is sensitive is covered. */
  schema: Record<string, unknown>;
  values: Record<string, unknown>;
  /** They may see the run itself. */
  mayOpenRun: boolean;
}

/** What the page /r/[token] shows. `expired`: the link worked, and does no more. */
export type TrackedRequest = { organization: string } & (
  | { state: "expired" }
  | {
      state: "shown";
      request: CustomerRequest;
      words: RequestWord[];
      /** With what the page asks to be told of news; it opens nothing. */
      newsKey: string;
    }
);
