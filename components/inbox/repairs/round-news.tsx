import { Link } from "@/components/ui/link";
import type { RepairRound } from "@/core/contracts/repair";
import { runName } from "@/components/runs/run-id";
import { Notice } from "@/components/ui/notice";
import type { Tone } from "@/components/ui/tone";
import { PaneSection } from "../pane-section";
import { resultWords, roundWords } from "./repair-words";

const tones: Record<RepairRound["state"], Tone> = {
  first: "running",
  rest: "running",
  done: "completed",
  stopped: "failed",
};

/** How far trying all again has come, and what came of each run. */
export function RoundNews({ round }: { round: RepairRound }) {
  return (
    <PaneSection title="Tried again together">
      <Notice tone={round.state === "done" && round.counts.failed > 0 ? "quiet" : tones[round.state]}>
        {roundWords(round)}
      </Notice>
      <ul aria-label="What came of each run" className="mt-2 flex max-h-60 flex-col overflow-y-auto">
        {round.tries.map(({ runId, result }) => (
          <li
            key={runId}
            className="flex flex-wrap items-baseline justify-between gap-x-4 border-b py-1.5 last:border-b-0"
          >
            <Link href={`/runs/${runId}`} className="font-mono text-label text-link underline underline-offset-2">
              {runName(runId)}
            </Link>
            <span className="text-dense text-ink-2">{resultWords[result]}</span>
          </li>
        ))}
      </ul>
      {round.more > 0 && <p className="mt-1 text-dense text-ink-2">and {round.more} more</p>}
    </PaneSection>
  );
}
