/** Why nobody can decide what a run waits for: those asked are gone, only who asked for it is left, fewer than must approve, or no mail reaches people without an account. */
export const undecidableReasons = ["nobody_left", "requester_only", "too_few", "mail_bounced"] as const;
export type UndecidableReason = (typeof undecidableReasons)[number];

export interface Undecidable {
  since: string;
  why: UndecidableReason;
}

/** Kinds of waitpoints that ask people. */
export const askingKinds = ["approval", "form", "handoff"] as const;
export type AskingKind = (typeof askingKinds)[number];

/** Something that nobody can decide, for those who can do something about it. */
export interface UndecidableItem extends Undecidable {
  id: string;
  kind: AskingKind;
  runId: string;
  headline: string;
  workflow: { id: string; slug: string; name: string };
  /** Whom it is asked of, for people. */
  assignTo: string[];
}

/** What is told of it to subscribers, and that it is over. */
export const undecidableEvents = [
  "approval.undecidable",
  "approval.decidable",
  "form.undecidable",
  "form.decidable",
  "handoff.undecidable",
  "handoff.decidable",
] as const;

/** "Nobody can decide this any more: it waits for Manager, and nobody there may answer. Reassign it or give someone the role." */
export function undecidableWords(kind: string, { why }: Pick<Undecidable, "why">, asked: readonly string[]): string {
  const reason: Readonly<Record<UndecidableReason, string>> = {
    nobody_left:
      asked.length === 0 ? "nobody is asked" : `it waits for ${asked.join(", ")}, and nobody there may answer`,
    requester_only: "whoever is left asked for it, and may not approve it",
    mail_bounced: `it waits for ${asked.join(", ")}, and no mail arrives there`,
    too_few: "fewer people are left who may approve it than must",
  };
  return kind === "approval"
    ? `Nobody can decide this any more: ${reason[why]}. Reassign it or give someone the role.`
    : `Nobody who was asked can answer this any more: ${reason[why]}. Give someone the role, or let an administrator answer it.`;
}
