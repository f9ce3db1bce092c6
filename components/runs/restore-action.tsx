"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";

/** Makes a new run that goes on from right after a step, once it was said what that one does again. */
export function RestoreAction({ runId, snapshotId, name }: { runId: string; snapshotId: string; name: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={<History size={15} aria-hidden />} onClick={() => setOpen(true)}>
        Restore from here
      </Button>
      {isOpen && <RestoreDialog runId={runId} snapshotId={snapshotId} name={name} onClose={() => setOpen(false)} />}
    </>
  );
}

function RestoreDialog({
  runId,
  snapshotId,
  name,
  onClose,
}: {
  runId: string;
  snapshotId: string;
  name: string;
  onClose: () => void;
}) {
  const api = useTRPC();
  const router = useRouter();
  const preview = useQuery(api.runs.previewRestore.queryOptions({ id: runId, snapshotId }));
  const restore = useMutation(api.runs.restore.mutationOptions({ onSuccess: ({ id }) => router.push(`/runs/${id}`) }));
  const problem = restore.error?.message ?? preview.error?.message ?? null;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Go on after "${name}"?`}
      description="A new run is made. This run stays as it is."
      footer={
        <>
          <Button onClick={onClose}>Keep as it is</Button>
          <Button
            look="primary"
            busy={restore.isPending}
            disabled={!preview.data}
            onClick={() => restore.mutate({ id: runId, snapshotId })}
          >
            Start the new run
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {problem !== null && <Notice tone="failed">{problem}</Notice>}
        {preview.data ? (
          <Consequences {...preview.data} />
        ) : (
          <SkeletonRows rows={3} label="Looking what is done again" />
        )}
      </div>
    </Dialog>
  );
}

const shownNames = 8;

function Consequences({ kept, again }: { kept: number; again: { name: string; asks: boolean }[] }) {
  return (
    <>
      <p>
        The new run takes over {kept === 1 ? "1 step with its result" : `${String(kept)} steps with their results`}.
        What was approved is asked again before anything that it allows is done: an approval counts for the run that it
        was given in.
      </p>
      {again.length === 0 ? (
        <p className="text-ink-2">This run did nothing after that, so nothing is done twice.</p>
      ) : (
        <div>
          <p className="font-medium">Done again, as new calls to the services:</p>
          <ul className="list-disc pl-5 text-ink-2">
            {again.slice(0, shownNames).map((step) => (
              <li key={step.name} className="[overflow-wrap:anywhere]">
                {step.name}
                {step.asks && " (asked again)"}
              </li>
            ))}
            {again.length > shownNames && <li>and {again.length - shownNames} more</li>}
          </ul>
        </div>
      )}
    </>
  );
}
