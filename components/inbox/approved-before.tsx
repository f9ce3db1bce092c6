import { Link } from "@/components/ui/link";
import type { ApprovedBefore } from "@/core/contracts/approval";
import { RelativeTime } from "@/components/ui/relative-time";

/** An approval counts for one run: who gave it in the run that this one goes on from, and whether saying yes does it once more. */
export function ApprovedBeforeWords({ before, runId }: { before: ApprovedBefore; runId: string }) {
  const given = (
    <>
      {before.by === null ? "Its time ran out" : `${before.by} approved this`}{" "}
      {before.at !== null && <RelativeTime at={before.at} />}
    </>
  );
  if (before.runId === runId)
    return (
      <p>
        {given}, before it was asked again.{" "}
        {before.happened
          ? "Since then it has called other services: what it does after another approval may come on top of that."
          : "Nothing has been called since."}
      </p>
    );
  return (
    <p>
      {given} in{" "}
      <Link href={`/runs/${before.runId}`} className="text-link underline underline-offset-2">
        the run that this one goes on from
      </Link>
      .{" "}
      {before.happened
        ? "What it allows has already happened there: approving does it once more."
        : "Nothing of what it allows had happened there yet when this run was made."}
    </p>
  );
}
