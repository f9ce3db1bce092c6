"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { TriggerState } from "@/core/contracts/trigger";
import { useBuilder } from "@/components/builder/state/use-builder";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { CopyField } from "@/components/ui/copy-field";

interface AddressFieldProps {
  triggerId: string;
  label: string;
  own: TriggerState | undefined;
  readOnly: boolean;
}

/** The trigger's own address, there from the draft on. */
export function AddressField({ triggerId, label, own, readOnly }: AddressFieldProps) {
  const [asking, setAsking] = useState(false);
  if (readOnly)
    return <p className="text-dense text-ink-3">Its address is shown to those who may change the workflow.</p>;
  if (own === undefined || own.url === null)
    return <p className="text-dense text-ink-3">Its address is made when the draft is saved.</p>;
  return (
    <div className="flex flex-col items-start gap-1.5 [&>div:first-child]:w-full">
      <CopyField label={label} text={own.url} />
      <Button size="dense" look="quiet" className="-ml-2.5 max-sm:h-11" onClick={() => setAsking(true)}>
        Replace this address
      </Button>
      {asking && <ReplaceDialog triggerId={triggerId} onClose={() => setAsking(false)} />}
    </div>
  );
}

function ReplaceDialog({ triggerId, onClose }: { triggerId: string; onClose: () => void }) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const slug = useBuilder((state) => state.slug);
  const rotate = useMutation(
    api.triggers.rotateUrl.mutationOptions({
      onSuccess: onClose,
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.triggers.state.queryKey({ slug }) }),
    }),
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Replace this address?"
      description="The old one stops working at once, also for the live version. Whoever uses it needs the new one."
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="danger" busy={rotate.isPending} onClick={() => rotate.mutate({ slug, triggerId })}>
            Replace
          </Button>
        </>
      }
    >
      {rotate.error && <Notice tone="failed">{rotate.error.message}</Notice>}
    </Dialog>
  );
}
