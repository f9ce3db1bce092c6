"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import type { TrashedWorkflow } from "@/core/contracts/library";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { DottedLine } from "@/components/ui/dotted-line";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowItem, Rows } from "@/components/ui/rows";
import { SkeletonRows } from "@/components/ui/skeleton";

/** Deleted workflows, for 30 days; those with runs for longer. */
export function TrashList({ mayEdit }: { mayEdit: boolean }) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const list = useQuery(api.library.trashed.queryOptions());
  const [doomed, setDoomed] = useState<TrashedWorkflow | null>(null);
  const refresh = () => void queryClient.invalidateQueries();
  const restore = useMutation(
    api.library.restore.mutationOptions({
      onSuccess: ({ slug }) => toast(`Restored as ${slug}. Publish it to use it again.`),
      onSettled: refresh,
    }),
  );
  if (!list.data)
    return list.error ? (
      <ErrorState title="The trash did not load" message={list.error.message} onRetry={() => void list.refetch()} />
    ) : (
      <SkeletonRows rows={4} label="Loading the trash" />
    );
  if (list.data.items.length === 0)
    return (
      <EmptyState icon={Trash2} title="The trash is empty">
        Workflows that are moved here can be restored for 30 days.
      </EmptyState>
    );
  return (
    <div className="flex flex-col gap-3">
      {restore.error && <Notice tone="failed">{restore.error.message}</Notice>}
      <Rows aria-label="Trash">
        {list.data.items.map((workflow) => (
          <RowItem key={workflow.id} className="flex-wrap gap-y-2">
            <div className="min-w-0 flex-1 max-sm:basis-full">
              <p className="font-medium">{workflow.name}</p>
              <DottedLine
                className="text-dense text-ink-2"
                parts={[
                  <RelativeTime key="deleted" at={workflow.deletedAt} prefix="deleted " />,
                  daysWords(workflow.daysLeft),
                  workflow.executions > 0 && runWords(workflow.executions),
                ]}
              />
            </div>
            {mayEdit && (
              <>
                <Button
                  size="dense"
                  icon={<RotateCcw size={15} aria-hidden />}
                  busy={restore.isPending && restore.variables.id === workflow.id}
                  onClick={() => restore.mutate({ id: workflow.id })}
                >
                  Restore
                </Button>
                <Button size="dense" look="quiet" onClick={() => setDoomed(workflow)}>
                  Delete for good
                </Button>
              </>
            )}
          </RowItem>
        ))}
      </Rows>
      {doomed && <DeleteDialog workflow={doomed} onClose={() => setDoomed(null)} onDone={refresh} />}
    </div>
  );
}

function DeleteDialog({
  workflow,
  onClose,
  onDone,
}: {
  workflow: TrashedWorkflow;
  onClose: () => void;
  onDone: () => void;
}) {
  const api = useTRPC();
  const remove = useMutation(
    api.library.deleteForever.mutationOptions({
      onSuccess: () => {
        onDone();
        onClose();
      },
    }),
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Delete ${workflow.name} for good?`}
      description="Its versions and drafts go, and nothing brings them back. The audit log stays."
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate({ id: workflow.id })}>
            Delete for good
          </Button>
        </>
      }
    >
      {remove.error ? (
        <Notice tone="failed">{remove.error.message}</Notice>
      ) : workflow.executions > 0 ? (
        <p>{`${runWords(workflow.executions)} are deleted with it.`.replace(/^1 run are/, "1 run is")}</p>
      ) : (
        <p>It never ran.</p>
      )}
    </Dialog>
  );
}

function daysWords(days: number | null): string {
  if (days === null) return "kept with its runs until an owner or admin deletes it";
  if (days === 0) return "goes for good today";
  return days === 1 ? "1 day left" : `${String(days)} days left`;
}

function runWords(runs: number): string {
  return runs === 1 ? "1 run" : `${runs.toLocaleString("en")} runs`;
}
