import { Minus, PencilLine, Plus, type LucideIcon } from "lucide-react";
import { clsx } from "clsx";
import type { DocumentChange } from "@/core/workflow/edit/document-changes";
import { ChangeDetails } from "./change-details";

interface ChangeListProps {
  changes: readonly DocumentChange[];
  label: string;
  /** Makes every line a button, e.g. to look at the step in a drawing. */
  onChoose?: (change: DocumentChange) => void;
  chosen?: DocumentChange | null;
  /** Old and new values below each line, folded away. */
  details?: boolean;
}

/** What differs between two documents, a sentence each. */
export function ChangeList({ changes, label, onChoose, chosen = null, details = false }: ChangeListProps) {
  if (changes.length === 0) return <p className="text-ink-2">Nothing differs in what the workflow does.</p>;
  return (
    <ul aria-label={label} className="flex flex-col gap-0.5">
      {changes.map((change) => (
        <li key={changeKey(change)}>
          {onChoose === undefined ? (
            <ChangeLine change={change} className="py-1" />
          ) : (
            <button
              type="button"
              data-change={changeKey(change)}
              aria-current={chosen !== null && changeKey(chosen) === changeKey(change) ? "true" : undefined}
              onClick={() => onChoose(change)}
              className="w-full rounded-control px-2 py-1.5 text-left hover:bg-sunken aria-[current]:bg-sunken"
            >
              <ChangeLine change={change} />
            </button>
          )}
          {details && <ChangeDetails change={change} />}
        </li>
      ))}
    </ul>
  );
}

export function changeKey({ kind, subject, id, text }: DocumentChange): string {
  return `${kind} ${subject} ${id} ${text}`;
}

/** "3 changes". */
export function changeCountWords(count: number): string {
  return count === 0 ? "No changes" : count === 1 ? "1 change" : `${count} changes`;
}

function ChangeLine({ change, className }: { change: DocumentChange; className?: string }) {
  const { icon: Icon, tone, word } = faces[change.kind];
  return (
    <span className={clsx("flex items-start gap-2.5", className)}>
      <span className={clsx("mt-0.5 inline-flex size-4 shrink-0 items-center justify-center rounded-chip", tone)}>
        <Icon size={12} strokeWidth={2.5} aria-hidden />
        <span className="sr-only">{word}: </span>
      </span>
      <span className="min-w-0 [overflow-wrap:anywhere]">{change.text}</span>
    </span>
  );
}

const faces: Record<DocumentChange["kind"], { icon: LucideIcon; tone: string; word: string }> = {
  added: { icon: Plus, tone: "bg-completed-tint text-completed", word: "Added" },
  removed: { icon: Minus, tone: "bg-failed-tint text-failed", word: "Removed" },
  changed: { icon: PencilLine, tone: "bg-running-tint text-running", word: "Changed" },
};
