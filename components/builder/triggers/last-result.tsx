import { Link } from "@/components/ui/link";
import type { TriggerState } from "@/core/contracts/trigger";
import { runName } from "@/components/runs/run-id";
import { RelativeTime } from "@/components/ui/relative-time";

/** What a trigger did last: the run it started, or why it started none. */
export function LastResult({ state }: { state: TriggerState | undefined }) {
  const last = state?.lastResult ?? null;
  if (last === null) return state ? <p className="text-dense text-ink-3">It has not started anything yet.</p> : null;
  if (last.kind === "started")
    return (
      <p className="text-dense text-ink-2">
        Last started{" "}
        <Link href={`/runs/${last.runId}`} className="font-mono underline underline-offset-2">
          {runName(last.runId)}
        </Link>{" "}
        <RelativeTime at={last.at} />.
      </p>
    );
  return (
    <p className="text-dense text-failed">
      Started nothing <RelativeTime at={last.at} />: {last.message}
    </p>
  );
}
