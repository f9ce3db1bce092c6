"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";

interface PublishDialogProps {
  title: string;
  /** What going live means for running work. */
  consequence: string;
  submitLabel: string;
  askNote: boolean;
  busy: boolean;
  problem: string | null;
  onClose: () => void;
  onSubmit: (note: string) => void;
}

/** Asks before another version goes live: publishing and rolling back. */
export function PublishDialog({
  title,
  consequence,
  submitLabel,
  askNote,
  busy,
  problem,
  onClose,
  onSubmit,
}: PublishDialogProps) {
  const [note, setNote] = useState("");
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={consequence}
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button look="primary" busy={busy} onClick={() => onSubmit(note.trim())}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {problem !== null && <Notice tone="failed">{problem}</Notice>}
        {askNote && (
          <Field label="What changed" optional hint="Stands in the version history.">
            {(control) => (
              <Input {...control} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
            )}
          </Field>
        )}
      </div>
    </Dialog>
  );
}
