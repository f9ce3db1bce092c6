import { ChevronRight } from "lucide-react";
import { Facts } from "@/components/ui/facts";
import type { AnswerRow } from "./answer-rows";

/** Answers to be read again, folded. */
export function AnswerCopy({ label, rows }: { label: string; rows: readonly AnswerRow[] }) {
  if (rows.length === 0) return null;
  return (
    <details className="group w-full text-left">
      <summary className="inline-flex min-h-9 cursor-pointer list-none items-center gap-1 text-dense text-ink-2 hover:text-ink max-sm:min-h-11 max-sm:text-reading">
        <ChevronRight size={15} aria-hidden className="shrink-0 group-open:rotate-90" />
        {label}
      </summary>
      <Facts items={[...rows]} />
    </details>
  );
}
