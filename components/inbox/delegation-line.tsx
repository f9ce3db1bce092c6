"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import type { ApprovalItem } from "@/core/contracts/approval";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { VisibleText } from "@/components/ui/visible-text";
import { delegationWords } from "./delegation-words";

/** Who else may decide it in whose name, and how the person who gave it takes it back. */
export function DelegationLine({ item, busy, onDone }: { item: ApprovalItem; busy: boolean; onDone: () => void }) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const ending = useMutation(
    api.approvals.takeBackDelegation.mutationOptions({
      onSuccess: () => {
        toast("Taken back. Only you decide it now.");
        onDone();
      },
      onSettled: () => queryClient.invalidateQueries(),
    }),
  );
  const words = delegationWords(item);
  if (words.length === 0) return null;
  return (
    <div className="flex flex-col gap-2 text-dense text-ink-2">
      {ending.error && <Notice tone="failed">{ending.error.message}</Notice>}
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <ul
          aria-label="Who may decide in whose name"
          className="flex min-w-0 flex-col gap-0.5 [overflow-wrap:anywhere]"
        >
          {words.map((line) => (
            <li key={line}>
              <VisibleText text={line} />
            </li>
          ))}
        </ul>
        {item.delegatedTo !== null && (
          <Button
            look="quiet"
            busy={ending.isPending}
            disabled={busy}
            onClick={() => ending.mutate({ id: item.id })}
            className="max-sm:h-12"
          >
            Take it back
          </Button>
        )}
      </div>
    </div>
  );
}
