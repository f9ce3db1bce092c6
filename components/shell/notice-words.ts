import type { NoticeItem } from "@/core/contracts/notice";

/** Why somebody was told, in a few words. */
export function noticeWords({ kind, reason, cameFrom }: Pick<NoticeItem, "kind" | "reason" | "cameFrom">): string {
  if (reason === "reminder") return "Reminder";
  if (reason === "reassigned") return "Given to you";
  if (reason === "delegated") return `From ${cameFrom.join(", ")}`;
  if (reason === "question") return `Question from ${cameFrom.join(", ")}`;
  if (reason === "answered") return `Answered by ${cameFrom.join(", ")}`;
  if (reason === "escalated") return `Escalated${cameFrom.length === 0 ? " to you" : ` from ${cameFrom.join(", ")}`}`;
  return { approval: "To decide", form: "To fill in", handoff: "To take over", absence: "Out of office" }[kind];
}

/** What became of it; null while it waits. */
export function endWords({ isOpen, answeredBy }: Pick<NoticeItem, "isOpen" | "answeredBy">): string | null {
  if (isOpen) return null;
  return answeredBy === null ? "No longer open" : `Answered by ${answeredBy}`;
}

/** The name of the bell, with what it counts. */
export function bellWords(unread: number | null, most: number): string {
  if (unread === null || unread === 0) return "Notifications";
  return `Notifications: ${unread >= most ? `${String(most - 1)} or more` : String(unread)} unread`;
}
