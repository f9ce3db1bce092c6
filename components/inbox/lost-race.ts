import { clockWords } from "@/components/ui/time-words";

/** "Kim approved this at 14:02." from what the server says about the decision that was first; null when it says too little. */
export function lostRaceSentence(extra: Record<string, unknown>, now: number, timeZone?: string): string | null {
  const verb = verbs[String(extra.decision)];
  if (verb === undefined || typeof extra.decided_at !== "string") return null;
  const at = `at ${clockWords(Date.parse(extra.decided_at), now, timeZone)}`;
  if (extra.decision === "timed_out") return `This timed out ${at}.`;
  return `${typeof extra.decided_by === "string" ? extra.decided_by : "Somebody"} ${verb} this ${at}.`;
}

/** "Kim answered this at 14:02. Your answer was not taken." from what the server says about the answer that was first; null when it says too little. */
export function lostAnswerSentence(extra: Record<string, unknown>, now: number, timeZone?: string): string | null {
  if (typeof extra.resolved_at !== "string") return null;
  const at = `at ${clockWords(Date.parse(extra.resolved_at), now, timeZone)}`;
  const first =
    typeof extra.resolved_by === "string" ? `${extra.resolved_by} answered this ${at}.` : `This was closed ${at}.`;
  return `${first} Your answer was not taken.`;
}

const verbs: Record<string, string | undefined> = {
  approved: "approved",
  rejected: "rejected",
  timed_out: "timed out",
};
