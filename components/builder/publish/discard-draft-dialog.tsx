"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useBuilder, useBuilderStore } from "@/components/builder/state/use-builder";
import { useTRPCClient } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { draftNumber } from "./preview-words";

/** Asks before everybody's unpublished changes are thrown away. */
export function DiscardDraftDialog({ onClose }: { onClose: () => void }) {
  const store = useBuilderStore();
  const queryClient = useQueryClient();
  const { slug, workflow } = useBuilder((state) => state);
  const client = useTRPCClient();
  const discard = useMutation({
    mutationFn: async () => {
      // What is still on its way would otherwise begin a new draft.
      await store.getState().flush();
      await client.drafts.discard.mutate({ slug });
    },
    onSuccess: async () => {
      await store.getState().reload();
      toast(`The draft is gone. The workflow stands as in v${workflow.headVersion}.`);
      onClose();
    },
    onSettled: () => void queryClient.invalidateQueries(),
  });
  const others = workflow.publishedVersion === null ? "" : ` Customers keep getting v${workflow.publishedVersion}.`;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Discard the changes of v${draftNumber(workflow)}?`}
      description={`Everything that you and others changed since v${workflow.headVersion} is thrown away.${others} This cannot be undone.`}
      footer={
        <>
          <Button onClick={onClose}>Keep the draft</Button>
          <Button look="danger" busy={discard.isPending} onClick={() => discard.mutate()}>
            Discard changes
          </Button>
        </>
      }
    >
      {discard.error && <Notice tone="failed">{discard.error.message}</Notice>}
    </Dialog>
  );
}
