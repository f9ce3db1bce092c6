"use client";
import { clsx } from "clsx";
import { useMemo, useState } from "react";
import type { JsonObject } from "@/core/json";
import { Button } from "@/components/ui/button";
import { canonicalText } from "./canonical-text";
import { textDiff, type DiffHunk, type DiffLine } from "./text-diff";

/** Long documents are shown a piece at a time. */
const pageLines = 1_000;

/** The JSON of both, line by line. */
export function TextDiffView({ before, after }: { before: JsonObject; after: JsonObject }) {
  const hunks = useMemo(() => textDiff(canonicalText(before), canonicalText(after)), [before, after]);
  const [shown, setShown] = useState(pageLines);
  if (hunks === null)
    return (
      <p className="text-ink-2">
        These two are too different to be compared line by line. Read the list of changes, or download both.
      </p>
    );
  if (hunks.length === 0) return <p className="text-ink-2">The documents are the same, line by line.</p>;
  const total = hunks.reduce((sum, { lines }) => sum + lines.length, 0);
  return (
    <div className="flex flex-col gap-3">
      <p className="text-dense text-ink-2">
        Positions on the canvas are left out. {countOf(hunks, "added")} added, {countOf(hunks, "removed")} removed.
      </p>
      <div
        tabIndex={0}
        role="region"
        aria-label="Differences in the JSON"
        className="overflow-x-auto rounded-card border border-hairline bg-surface py-1"
      >
        <table className="w-full border-collapse font-mono text-label leading-5">
          <thead className="sr-only">
            <tr>
              <th scope="col">Line before</th>
              <th scope="col">Line after</th>
              <th scope="col">Change</th>
              <th scope="col">Text</th>
            </tr>
          </thead>
          <tbody>
            {firstLines(hunks, shown).map((row, position) =>
              "skipped" in row ? (
                <tr key={position}>
                  <td colSpan={4} className="bg-sunken px-3 py-1 text-ink-3">
                    {row.skipped === 1 ? "1 equal line" : `${row.skipped} equal lines`}
                  </td>
                </tr>
              ) : (
                <DiffRow key={position} line={row} />
              ),
            )}
          </tbody>
        </table>
      </div>
      {total > shown && (
        <Button className="self-start" onClick={() => setShown(shown + pageLines)}>
          Show {Math.min(pageLines, total - shown)} more of {total - shown} lines
        </Button>
      )}
    </div>
  );
}

function DiffRow({ line }: { line: DiffLine }) {
  const { row, sign, word } = looks[line.kind];
  return (
    <tr className={row}>
      <td className="figures w-12 px-2 text-right text-ink-3 select-none">{line.before}</td>
      <td className="figures w-12 px-2 text-right text-ink-3 select-none">{line.after}</td>
      <td className={clsx("w-5 text-center font-semibold select-none", signTone[line.kind])}>
        <span aria-hidden>{sign}</span>
        <span className="sr-only">{word}</span>
      </td>
      <td className="pr-3 whitespace-pre text-ink">{line.text}</td>
    </tr>
  );
}

const looks: Record<DiffLine["kind"], { row: string; sign: string; word: string }> = {
  same: { row: "", sign: "", word: "" },
  added: { row: "bg-completed-tint", sign: "+", word: "Added" },
  removed: { row: "bg-failed-tint", sign: "−", word: "Removed" },
};

const signTone: Record<DiffLine["kind"], string> = { same: "", added: "text-completed", removed: "text-failed" };

/** Lines with the gaps between them, up to a number of lines. */
function firstLines(hunks: readonly DiffHunk[], limit: number): (DiffLine | { skipped: number })[] {
  const rows: (DiffLine | { skipped: number })[] = [];
  let lines = 0;
  for (const hunk of hunks) {
    if (lines >= limit) break;
    if (hunk.skipped > 0) rows.push({ skipped: hunk.skipped });
    rows.push(...hunk.lines.slice(0, limit - lines));
    lines += hunk.lines.length;
  }
  return rows;
}

function countOf(hunks: readonly DiffHunk[], kind: DiffLine["kind"]): string {
  const count = hunks.reduce((sum, { lines }) => sum + lines.filter((line) => line.kind === kind).length, 0);
  return count === 1 ? "1 line" : `${count} lines`;
}
