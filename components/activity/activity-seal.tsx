"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { exactWords } from "@/components/ui/time-words";
import type { ChainCheck } from "@/core/contracts/audit";

/** Up to where the log is sealed, and a check of it by computing the seals again. Nothing is called whole before. */
export function ActivitySeal() {
  const api = useTRPC();
  const chain = useQuery(api.audit.chain.queryOptions());
  const check = useMutation(api.audit.check.mutationOptions({ onSuccess: () => chain.refetch() }));
  return (
    <section aria-labelledby="seal" className="mt-8 rounded-card border border-hairline bg-surface px-5 py-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-[1_1_280px]">
          <h2 id="seal" className="font-semibold">
            Seal
          </h2>
          <p className="mt-1 text-ink-2">
            Lines are sealed a moment after they are written: each seal holds the one before it, so a line that was
            changed or removed later shows.
          </p>
          {chain.error && <p className="mt-2 text-failed">The newest seal did not load: {chain.error.message}</p>}
          {chain.data && <Newest head={chain.data.head} />}
        </div>
        <Button busy={check.isPending} onClick={() => check.mutate()}>
          Check the seals now
        </Button>
      </div>
      {check.error && (
        <div className="mt-3">
          <Notice tone="failed">The check did not get through, so nothing is known: {check.error.message}</Notice>
        </div>
      )}
      {check.data && (
        <div className="mt-3">
          <Notice tone={checkTone(check.data)}>{checkWords(check.data)}</Notice>
        </div>
      )}
      {chain.data && (
        <div className="mt-3 text-dense text-ink-2">
          <p>
            This page is part of what it checks. Whoever runs Holdpoint can check all of it apart from the page, and
            against a seal that was kept elsewhere:
          </p>
          <code
            className="mt-1 block overflow-x-auto rounded-control bg-sunken px-3 py-2 font-mono text-label"
            tabIndex={0}
          >
            {chain.data.command}
          </code>
        </div>
      )}
    </section>
  );
}

function Newest({ head }: { head: { hash: string; upTo: string; at: string } | null }) {
  if (head === null) return <p className="mt-2">Nothing is sealed yet.</p>;
  return (
    <p className="mt-2 [overflow-wrap:anywhere]">
      Sealed up to number {head.upTo}, <RelativeTime at={head.at} />. Newest seal:{" "}
      <code className="font-mono text-label">{head.hash}</code>
    </p>
  );
}

/** Nothing is called whole where nothing was computed. */
function checkTone({ problem, upTo }: ChainCheck): "completed" | "failed" | "quiet" {
  if (problem !== null) return "failed";
  return upTo === null ? "quiet" : "completed";
}

function checkWords({ problem, lines, unsealed, after, upTo, at }: ChainCheck): string {
  const when = exactWords(Date.parse(at));
  if (problem !== null) return `Checked at ${when}: the log is not as it was sealed. ${problem}`;
  if (upTo === null) return `Checked at ${when}: nothing is sealed yet.`;
  const part =
    after === null ? `All up to number ${upTo}` : `Number ${after} is where the check began; up to number ${upTo}`;
  const newer =
    unsealed === 0 ? "" : ` ${String(unsealed)} newer ${unsealed === 1 ? "line is" : "lines are"} not sealed yet.`;
  return `Checked at ${when}: ${String(lines)} lines are as they were sealed. ${part}.${newer}`;
}
