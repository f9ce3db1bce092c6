import type { AskKind } from "@/core/contracts/inbox";
import type { NoticeReason } from "@/core/contracts/notice";
import { leftWords } from "@/core/schedule/left-words";
import { dateWords, harmless, linkMark, oneLine, short } from "./mail-text";

export interface Told {
  kind: AskKind | "approval";
  reason: NoticeReason;
  headline: string;
  workflow: string;
  /** Of an escalation: the names of those who did not answer; of what was delegated, asked back or answered: of whoever did. */
  cameFrom: readonly string[];
  dueAt: number | null;
  /** What an approval says of nobody deciding in time. */
  onTimeout: string | null;
  /** Where people choose what they get. */
  settings: string;
  now: number;
}

/** The mail that tells somebody of what waits for them: what it is, why now, until when, and where to answer. */
export function mailWords(told: Told): { subject: string; body: string } {
  const { headline, workflow, settings } = told;
  return {
    subject: short(`${beginning(told)}: ${oneLine(headline)}`),
    body: [
      `“${oneLine(workflow)}” ${asks[told.kind]}:`,
      harmless(headline),
      [why(told), until(told)].filter((sentence) => sentence !== "").join(" "),
      `${told.reason === "question" ? "Answer" : opens[told.kind]}: ${linkMark}`,
      `You get this because you are asked in Holdpoint. Choose what you get by e-mail: ${settings}`,
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
  };
}

const asks: Readonly<Record<Told["kind"], string>> = {
  approval: "waits for a decision",
  form: "waits for a form to be filled in",
  handoff: "waits for somebody to take over",
  outcome: "waits for somebody to say what came of a call",
};

const opens: Readonly<Record<Told["kind"], string>> = {
  approval: "Read and decide",
  form: "Fill it in",
  handoff: "Take it over",
  outcome: "Look and answer",
};

const beginnings: Readonly<Record<Told["kind"], string>> = {
  approval: "To decide",
  form: "To fill in",
  handoff: "To take over",
  outcome: "To check",
};

function beginning({ kind, reason, cameFrom, dueAt, now }: Told): string {
  if (reason === "reminder") return dueAt === null ? "Reminder" : `Reminder, ${leftWords(dueAt - now)} left`;
  if (reason === "escalated") return "Escalated to you";
  if (reason === "delegated") return `From ${cameFrom.map(oneLine).join(", ")}`;
  if (reason === "question") return `Question from ${cameFrom.map(oneLine).join(", ")}`;
  if (reason === "answered") return `Answered by ${cameFrom.map(oneLine).join(", ")}`;
  return reason === "reassigned" ? "Given to you" : beginnings[kind];
}

function why({ reason, cameFrom, dueAt, now }: Told): string {
  if (reason === "reassigned") return "Somebody gave it to you.";
  if (reason === "delegated")
    return `${cameFrom.map(oneLine).join(", ")} gave it to you, to decide in their name. They can still decide it themselves.`;
  if (reason === "reminder")
    return dueAt === null ? "It still waits." : `It still waits. Time left: ${leftWords(dueAt - now)}.`;
  if (reason === "question")
    return `${cameFrom.map(oneLine).join(", ")} asks you something before deciding. Its time stands still until you answer.`;
  if (reason === "answered") return `${cameFrom.map(oneLine).join(", ")} answered what you asked. Its time goes on.`;
  if (reason === "asked") return "";
  const from = cameFrom.length === 0 ? "" : ` from ${cameFrom.map(oneLine).join(", ")}`;
  return `Nobody answered in time, so it was escalated${from} to you.`;
}

function until({ kind, dueAt, onTimeout }: Told): string {
  if (dueAt === null) return "";
  const then = kind === "approval" ? (whenNobody[onTimeout ?? ""] ?? "") : "";
  return [`It is due by ${dateWords(dueAt)}.`, then].filter((sentence) => sentence !== "").join(" ");
}

const whenNobody: Readonly<Record<string, string>> = {
  approve: "If nobody decides by then, it counts as approved.",
  reject: "If nobody decides by then, it counts as rejected.",
  escalate: "If nobody decides by then, others are asked.",
  fail: "If nobody decides by then, the run fails.",
};
