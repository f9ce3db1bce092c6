"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";

interface CancelDialogProps {
  open: boolean;
  busy: boolean;
  problem: string | null;
  onOpenChange: (open: boolean) => void;
  onCancelRun: (reason: string) => void;
}

export function CancelDialog({ open, busy, problem, onOpenChange, onCancelRun }: CancelDialogProps) {
  const [reason, setReason] = useState("");
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Cancel this run?"
      description="Steps that are done stay done. Nothing further happens, and what waits is closed. You can retry it later."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Keep running</Button>
          <Button look="danger" busy={busy} onClick={() => onCancelRun(reason.trim())}>
            Cancel run
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {problem !== null && <Notice tone="failed">{problem}</Notice>}
        <Field label="Reason" optional>
          {(control) => (
            <Input {...control} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
