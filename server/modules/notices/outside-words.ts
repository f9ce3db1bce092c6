import type { NoticeReason } from "@/core/contracts/notice";
import { leftWords } from "@/core/schedule/left-words";
import { dateWords, harmless, linkMark, oneLine, short } from "./mail-text";

interface ToldOutside {
  reason: NoticeReason;
  /** As colleagues who only look read it: what the run masks is hidden. */
  headline: string;
  /** The name of the organization. */
  from: string;
  dueAt: number | null;
  now: number;
}

/** The mail to somebody without an account: who asks, what about, until when. No colleague, and no way into the product but their own link. */
export function outsideWords(told: ToldOutside): { subject: string; body: string } {
  const { reason, headline, dueAt } = told;
  const from = oneLine(told.from);
  if (reason === "taken_off")
    return {
      subject: short(`Not needed any more: ${oneLine(headline)}`),
      body: `${from} asked you for a decision, and asks somebody else by now:\n\n${harmless(headline)}\n\nYou need not do anything. The link that you got does not open any more.`,
    };
  return {
    subject: short(`${beginning(told, from)}: ${oneLine(headline)}`),
    body: [
      `${from} asks you for a decision:`,
      harmless(headline),
      [again[reason] ?? "", dueAt === null ? "" : `It is due by ${dateWords(dueAt)}.`]
        .filter((sentence) => sentence !== "")
        .join(" "),
      `Read and decide: ${linkMark}`,
      "The link is yours alone, and you need no account. Before it shows anything, the page sends a code to this address: enter it there, and give it to nobody.",
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
  };
}

const again: Partial<Record<NoticeReason, string>> = {
  reminder: "It still waits.",
  escalated: "Nobody answered in time, so now you are asked.",
};

function beginning({ reason, dueAt, now }: ToldOutside, from: string): string {
  if (reason !== "reminder") return `${from} asks you to decide`;
  return dueAt === null ? "Reminder" : `Reminder, ${leftWords(dueAt - now)} left`;
}
