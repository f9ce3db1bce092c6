import type { QueueItem, QueueSection } from "@/core/contracts/console";

export const sectionTitles: Readonly<Record<QueueSection, string>> = {
  handed_over: "Handed over, nobody has it",
  unanswered: "Needs an answer",
  mine: "Yours",
  others: "Others",
  closed: "Closed",
};

/** What is asked of a person here, for the mark of its card; null: nothing at the moment. */
export function askedWords({ handedOverAt, needsAnswerSince }: Pick<QueueItem, "handedOverAt" | "needsAnswerSince">) {
  if (handedOverAt !== null) return "Handed over";
  return needsAnswerSince === null ? null : "Needs an answer";
}

/** Who has it, from the side of whoever looks. */
export function holderWords(claim: QueueItem["claim"]): string | null {
  if (claim === null) return null;
  return claim.isMine ? "You have it" : `${claim.name} has it`;
}

/** The list in its sections, in their order. */
export function inSections(items: readonly QueueItem[]): { section: QueueSection; items: QueueItem[] }[] {
  const found: { section: QueueSection; items: QueueItem[] }[] = [];
  for (const item of items) {
    const last = found.at(-1);
    if (last?.section === item.section) last.items.push(item);
    else found.push({ section: item.section, items: [item] });
  }
  return found;
}
