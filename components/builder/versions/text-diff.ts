import { structuredPatch } from "diff";

export interface DiffLine {
  kind: "same" | "added" | "removed";
  /** Line numbers on either side; null where the line is not there. */
  before: number | null;
  after: number | null;
  text: string;
}

/** A stretch of changed lines with a little around it. */
export interface DiffHunk {
  /** Equal lines left out before it. */
  skipped: number;
  lines: DiffLine[];
}

const contextLines = 3;
/** Comparing very different large documents line by line can take for ever. */
const timeoutMs = 2_000;

/** The lines that differ; null when the two are too different to be compared in time. */
export function textDiff(before: string, after: string): DiffHunk[] | null {
  const patch = structuredPatch("", "", before, after, "", "", { context: contextLines, timeout: timeoutMs });
  if (patch === undefined) return null;
  let reached = 1;
  return patch.hunks.map((hunk) => {
    const skipped = Math.max(0, hunk.oldStart - reached);
    reached = hunk.oldStart + hunk.oldLines;
    return { skipped, lines: numbered(hunk.lines, hunk.oldStart, hunk.newStart) };
  });
}

function numbered(lines: readonly string[], oldStart: number, newStart: number): DiffLine[] {
  let [before, after] = [oldStart, newStart];
  return lines.flatMap((line): DiffLine[] => {
    const text = line.slice(1);
    if (line.startsWith("+")) return [{ kind: "added", before: null, after: after++, text }];
    if (line.startsWith("-")) return [{ kind: "removed", before: before++, after: null, text }];
    // "\ No newline at end of file" is no line.
    return line.startsWith(" ") ? [{ kind: "same", before: before++, after: after++, text }] : [];
  });
}
