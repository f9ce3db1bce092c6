import type { Digest } from "@/core/schedule/digest";
import type { AskKind } from "./inbox";

/** Why somebody is told of something that waits for them. */
export type NoticeReason =
  | "asked"
  | "reassigned"
  | "delegated"
  | "question"
  | "answered"
  | "escalated"
  | "reminder"
  | "taken_off"
  | "deputy";

/** What a member gets by e-mail: `each` request at once, only what is `urgent` (reminders and escalations), or `none`. */
export const noticeEmails = ["each", "urgent", "none"] as const;
export type NoticeEmail = (typeof noticeEmails)[number];

/** What a member gets by e-mail. */
export interface NoticeChoice {
  email: NoticeEmail;
  digest: Digest | null;
  /** When the next one is due; null without one. */
  nextDigest: string | null;
}

/** One line of the bell. */
export interface NoticeItem {
  id: string;
  kind: Exclude<AskKind, "outcome"> | "approval" | "absence";
  reason: NoticeReason;
  /** What is opened in the inbox; null where it is about an absence. */
  waitpointId: string | null;
  headline: string;
  /** Null where it is about an absence. */
  workflow: string | null;
  /** Of an escalation: who was asked before, by name. Of what was delegated, asked back or answered: who did. Of an absence: who is away. */
  cameFrom: string[];
  dueAt: string | null;
  createdAt: string;
  isRead: boolean;
  /** False once it was answered, or is not needed any more. */
  isOpen: boolean;
  answeredBy: string | null;
}

/** How many unread ones are counted; from this number on it says "and more". */
export const mostUnread = 100;
