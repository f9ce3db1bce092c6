import type { ApprovalItem } from "@/core/contracts/approval";
import { VisibleText } from "@/components/ui/visible-text";
import { quorumWords, voteWords } from "./vote-words";

/** Where one word does not decide: how many it takes, who has given theirs, and who is asked next. */
export function Votes({ item }: { item: ApprovalItem }) {
  const words = quorumWords(item);
  if (words === null) return null;
  return (
    <div className="flex flex-col gap-1 text-dense text-ink-2">
      {item.votes.length > 0 && (
        <ul aria-label="What others said" className="flex flex-col gap-0.5">
          {item.votes.map((vote) => (
            <li key={`${vote.name} ${vote.at}`} className="[overflow-wrap:anywhere]">
              <VisibleText text={voteWords(vote)} />
            </li>
          ))}
        </ul>
      )}
      <p>{words}</p>
    </div>
  );
}
