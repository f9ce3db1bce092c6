import type { ApprovalContext, DecisionRecord } from "@/core/contracts/approval";

/** How an approval came to its end: "Max Manager", "rejected", "this". The time stands behind it, then what else there is to say. */
export interface DecisionWords {
  who: string | null;
  /** What was done: the word that has the colour. */
  did: string;
  what: string;
  /** Sentences that follow. */
  more: string[];
}

/** The end of an approval in words, in the past tense; null while it is open. */
export function decisionWords({
  decision,
  status,
  record,
}: Pick<ApprovalContext, "decision" | "status" | "record">): DecisionWords | null {
  if (record === null) return null;
  const again = status === "superseded" ? ["It was asked again since."] : [];
  if (decision === "approved" || decision === "rejected")
    return { who: record.by ?? "Somebody who left", did: decision, what: "this", more: again };
  if (decision === "timed_out") {
    const effect = record.timeoutEffect === null ? [] : [timeoutWords[record.timeoutEffect]];
    return { who: "Nobody", did: "decided in time", what: "", more: [...effect, ...again] };
  }
  const { cancelled } = record;
  if (cancelled === null)
    return {
      who: null,
      did: "No longer asked",
      what: "",
      more: ["The run ended, or went on, without a decision.", ...again],
    };
  const reason = cancelled.reason === null || cancelled.reason === "" ? [] : [`“${cancelled.reason}”`];
  return { who: cancelled.by, did: "cancelled", what: "the run before anybody decided", more: reason };
}

const timeoutWords: Readonly<Record<NonNullable<DecisionRecord["timeoutEffect"]>, string>> = {
  approved: "That counted as approved.",
  rejected: "That counted as rejected.",
  timed_out: "The run went on by the way for that.",
  asked_others: "Others were asked instead.",
  failed: "The step failed because of that.",
};

/** How somebody decided, as a part of a line; null where nobody did. */
export function viaWords({ via, provenBy }: Pick<DecisionRecord, "via" | "provenBy">): string | null {
  if (via === null) return null;
  return provenBy === undefined ? ways[via] : `${ways[via]}, ${proofs[provenBy]}`;
}

const proofs = { code: "address proven by code", session: "signed in" } as const;

const ways: Readonly<Record<NonNullable<DecisionRecord["via"]>, string>> = {
  ui: "signed in",
  api: "over the API",
  link: "by a link",
};
