"use client";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";

interface VersionDialogProps {
  title: string;
  consequence: string;
  submitLabel: string;
  busy: boolean;
  problem: string | null;
  onClose: () => void;
  onSubmit: () => void;
}

/** Asks before another version goes live or replaces the draft, and says what that means. */
export function VersionDialog({
  title,
  consequence,
  submitLabel,
  busy,
  problem,
  onClose,
  onSubmit,
}: VersionDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={consequence}
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button look="primary" busy={busy} onClick={onSubmit}>
            {submitLabel}
          </Button>
        </>
      }
    >
      {problem !== null && <Notice tone="failed">{problem}</Notice>}
    </Dialog>
  );
}
