import type { ReactNode } from "react";
import type { ApprovalContext } from "@/core/contracts/approval";
import { VisibleText } from "@/components/ui/visible-text";
import { followsWords } from "./result-sentence";
import { isLastWord } from "./vote-words";

/** What comes of each answer, and of none in time, as facts; where several decide, of what they come to. */
export function nextFacts(item: ApprovalContext): { label: string; value: ReactNode }[] {
  const { approved, rejected, timedOut } = item.whatHappensNext;
  const [yes, no] = isLastWord(item)
    ? ["If you approve", "If you reject"]
    : ["Once it is approved", "Once it is rejected"];
  const facts: [label: string, follows: readonly string[] | null][] = [
    [yes, approved],
    [no, rejected],
    ["If nobody decides in time", timedOut],
  ];
  return facts.flatMap(([label, follows]) => {
    if (follows === null) return [];
    const words = followsWords(follows);
    return {
      label,
      value: (
        <span className="font-normal">
          <VisibleText text={`${words.slice(0, 1).toUpperCase()}${words.slice(1)}`} />
        </span>
      ),
    };
  });
}
