"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Pause, Play, RotateCcw, Square } from "lucide-react";
import { useState } from "react";
import type { RunDetail } from "@/core/contracts/run";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { CancelDialog } from "./cancel-dialog";

/** Pause, resume, cancel and retry, as far as they are possible now. A refusal goes to the page. */
export function RunActions({
  run,
  onProblem,
}: {
  run: Pick<RunDetail, "id" | "allowed">;
  onProblem: (problem: string | null) => void;
}) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const [cancelling, setCancelling] = useState(false);
  const shared = {
    onMutate: () => onProblem(null),
    onError: (error: { message: string }) => onProblem(error.message),
    onSettled: () => queryClient.invalidateQueries(),
  };
  const pause = useMutation(api.runs.pause.mutationOptions(shared));
  const resume = useMutation(api.runs.resume.mutationOptions(shared));
  const retry = useMutation(api.runs.retry.mutationOptions(shared));
  const cancel = useMutation(api.runs.cancel.mutationOptions({ ...shared, onSuccess: () => setCancelling(false) }));
  const may = (action: RunDetail["allowed"][number]) => run.allowed.includes(action);
  return (
    <>
      {may("pause") && (
        <Button
          busy={pause.isPending}
          icon={<Pause size={15} aria-hidden />}
          onClick={() => pause.mutate({ id: run.id })}
        >
          Pause
        </Button>
      )}
      {may("cancel") && (
        <Button icon={<Square size={14} aria-hidden />} onClick={() => setCancelling(true)}>
          Cancel
        </Button>
      )}
      {may("retry") && (
        <Button
          look="primary"
          busy={retry.isPending}
          icon={<RotateCcw size={15} aria-hidden />}
          onClick={() => retry.mutate({ id: run.id })}
        >
          Retry
        </Button>
      )}
      {may("resume") && (
        <Button
          look="primary"
          busy={resume.isPending}
          icon={<Play size={15} aria-hidden />}
          onClick={() => resume.mutate({ id: run.id })}
        >
          Resume
        </Button>
      )}
      <CancelDialog
        open={cancelling}
        busy={cancel.isPending}
        problem={cancel.error?.message ?? null}
        onOpenChange={setCancelling}
        onCancelRun={(reason) => cancel.mutate({ id: run.id, ...(reason !== "" && { reason }) })}
      />
    </>
  );
}
