import { clsx } from "clsx";
import type { RunAttempt } from "@/core/contracts/run";
import { durationWords, exactWords } from "@/components/ui/time-words";

/** Every try of a step, oldest first; a line tells where the run was retried in between. */
export function StepAttempts({ attempts }: { attempts: RunAttempt[] }) {
  return (
    <ol className="flex flex-col">
      {attempts.map((attempt, index) => {
        const before = attempts[index - 1];
        const isRetried = before !== undefined && before.generation !== attempt.generation;
        return (
          <li key={attempt.n} className="border-b py-1.5 text-dense last:border-b-0">
            {isRetried && <p className="pb-1 text-label text-ink-3">Run retried or resumed</p>}
            <div className="flex flex-wrap items-baseline gap-x-3">
              <span className="figures font-medium">{attempt.n}</span>
              <span className={clsx(attempt.status === "failed" && "text-failed")}>{statusWords(attempt)}</span>
              {attempt.startedAt !== null && (
                <span suppressHydrationWarning className="text-ink-2">
                  {exactWords(Date.parse(attempt.startedAt))}
                </span>
              )}
              {attempt.durationMs !== null && <span className="text-ink-3">{durationWords(attempt.durationMs)}</span>}
              {attempt.error !== null && (
                <span className="min-w-0 text-failed [overflow-wrap:anywhere]">{attempt.error.message}</span>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function statusWords({ status, interrupted }: RunAttempt): string {
  return interrupted ? "Interrupted" : words[status];
}

const words: Readonly<Record<RunAttempt["status"], string>> = {
  running: "Running",
  waiting: "Waiting",
  completed: "Completed",
  failed: "Failed",
  cancelled: "Cancelled",
};
