"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@/components/ui/link";
import type { ReactNode } from "react";
import type { WebhookCallItem } from "@/core/contracts/trigger";
import { useBuilder } from "@/components/builder/state/use-builder";
import { useTRPC } from "@/components/trpc";
import { runName } from "@/components/runs/run-id";
import { Button } from "@/components/ui/button";
import { JsonView } from "@/components/ui/json-view";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";

const shown = 20;
const refreshMs = 5_000;

/** The last calls of the address with what they were answered; refused ones can be taken up after all. */
export function WebhookCalls({ triggerId, action }: { triggerId: string; action: ReactNode }) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const slug = useBuilder((state) => state.slug);
  const calls = useQuery({
    ...api.triggers.calls.queryOptions({ slug, triggerId, limit: shown }),
    // Refused calls change no run, so nothing tells the open page of them.
    refetchInterval: refreshMs,
  });
  const redrive = useMutation(
    api.triggers.redrive.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.triggers.calls.queryKey() }),
    }),
  );
  return (
    <section aria-label="Last calls" className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-3">
        <h3 className="text-dense font-medium">Last calls</h3>
        {action}
      </div>
      {calls.error && <Notice tone="failed">{calls.error.message}</Notice>}
      {redrive.error && <Notice tone="failed">{redrive.error.message}</Notice>}
      {calls.data?.items.length === 0 && (
        <p className="text-dense text-ink-3">Nobody has called yet. Calls are kept for a week, refused ones too.</p>
      )}
      <ul className="flex flex-col">
        {calls.data?.items.map((call) => (
          <CallRow
            key={call.id}
            call={call}
            busy={redrive.isPending && redrive.variables.callId === call.id}
            onRedrive={() => redrive.mutate({ slug, callId: call.id })}
          />
        ))}
      </ul>
    </section>
  );
}

/** A call may be taken and start nothing: a check of the address, or one that the filter leaves out. */
function outcomeWord({ status, runId, message }: WebhookCallItem): string {
  if (status >= 400) return message === null ? "taken, the run failed" : "refused";
  return runId === null ? "answered" : "taken";
}

function CallRow({ call, busy, onRedrive }: { call: WebhookCallItem; busy: boolean; onRedrive: () => void }) {
  const isBad = call.status >= 400;
  const isRefused = isBad && call.message !== null;
  return (
    <li className="flex flex-col gap-1 border-b border-hairline py-2 text-dense last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className={isBad ? "figures font-medium text-failed" : "figures font-medium"}>
          {call.status} {outcomeWord(call)}
        </span>
        {call.runId !== null && (
          <Link href={`/runs/${call.runId}`} className="font-mono underline underline-offset-2">
            {runName(call.runId)}
          </Link>
        )}
        <span className="ml-auto text-ink-3">
          <RelativeTime at={call.at} />
        </span>
      </div>
      {call.message !== null && <p className="text-ink-2 [overflow-wrap:anywhere]">{call.message}</p>}
      {call.warnings.map((warning) => (
        <p key={warning} className="text-ink-2 [overflow-wrap:anywhere]">
          {warning}
        </p>
      ))}
      {isRefused && call.runId !== null && <p className="text-ink-2">Taken up by hand afterwards.</p>}
      <details>
        <summary className="w-fit cursor-pointer text-label text-ink-2 hover:text-ink max-sm:py-3">
          Body and headers
        </summary>
        <div className="mt-1 flex flex-col items-start gap-2 [&>pre]:w-full">
          {call.body === null ? (
            <p className="text-ink-3">There was none, or it was larger than 64 KB and was not kept.</p>
          ) : (
            <JsonView label="Body of the call" value={call.body} />
          )}
          {call.deliveryId !== null && (
            <p className="text-ink-2 [overflow-wrap:anywhere]">
              Delivery id: <span className="font-mono">{call.deliveryId}</span>
            </p>
          )}
          {call.request !== null && <JsonView label="What came with the call" value={call.request} />}
          {isRefused && call.status !== 401 && call.runId === null && call.body !== null && (
            <Button size="dense" className="max-sm:h-11" busy={busy} onClick={onRedrive}>
              Start a run from it
            </Button>
          )}
        </div>
      </details>
    </li>
  );
}
