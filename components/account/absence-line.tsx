"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import type { AbsenceItem } from "@/core/contracts/absence";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { VisibleText } from "@/components/ui/visible-text";
import { absenceTime, deputyWords } from "./absence-words";

/** One absence in words; whoever may ends it here. `onEnded`: where the focus goes. */
export function AbsenceLine({
  absence,
  mayEnd,
  onEnded,
}: {
  absence: AbsenceItem;
  mayEnd: boolean;
  onEnded: () => void;
}) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const end = useMutation(
    api.absences.end.mutationOptions({
      onSuccess: () => {
        toast("The absence is ended.");
        onEnded();
      },
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.absences.pathKey() }),
    }),
  );
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-2">
      {end.error && <Notice tone="failed">{end.error.message}</Notice>}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-[1_1_240px] text-dense [overflow-wrap:anywhere] text-ink-2">
          {/* The server's zone differs from the browser's; the browser's words win. */}
          <p suppressHydrationWarning className="font-medium text-ink">
            {absenceTime(absence)}
          </p>
          <p>
            <VisibleText text={deputyWords(absence)} />
          </p>
          {absence.note !== null && (
            <p>
              <VisibleText text={`“${absence.note}”`} />
            </p>
          )}
        </div>
        {mayEnd && (
          <Button
            size="dense"
            className="max-sm:min-h-11"
            busy={end.isPending}
            aria-label={
              absence.is_away
                ? `End the absence of ${absence.user.name}`
                : `Call off the absence of ${absence.user.name}`
            }
            onClick={() => end.mutate({ id: absence.id })}
          >
            {absence.is_away ? "End it" : "Call it off"}
          </Button>
        )}
      </div>
    </div>
  );
}
