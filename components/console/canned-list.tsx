import { clsx } from "clsx";
import type { CannedAnswer } from "@/core/contracts/console";

interface CannedListProps {
  id: string;
  answers: readonly CannedAnswer[];
  /** The one that Enter takes. */
  active: number;
  onPick: (answer: CannedAnswer) => void;
}

/** Canned answers above what is being written: chosen there with the arrows and Enter, or pressed. */
export function CannedList({ id, answers, active, onPick }: CannedListProps) {
  return (
    <ul
      id={id}
      role="listbox"
      aria-label="Canned answers"
      className="flex max-h-56 flex-col overflow-y-auto rounded-card border border-hairline bg-surface p-1.5 shadow-lg"
    >
      {answers.map((answer, position) => (
        <li
          key={answer.id}
          id={`${id}-${String(position)}`}
          role="option"
          aria-selected={position === active}
          // The text keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(answer)}
          className={clsx(
            "cursor-pointer rounded-control px-2.5 py-1.5 hover:bg-sunken max-sm:py-2.5",
            position === active && "bg-sunken",
          )}
        >
          <span className="block font-medium [overflow-wrap:anywhere]">{answer.name}</span>
          <span className="line-clamp-1 text-dense text-ink-2">{answer.body}</span>
        </li>
      ))}
    </ul>
  );
}
