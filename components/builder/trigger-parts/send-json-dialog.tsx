"use client";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";

interface SendJsonDialogProps {
  title: string;
  description: string;
  label: string;
  text: string;
  onText: (text: string) => void;
  /** What is wrong with the text, or null: what the field says, and what the button says. */
  problem: { field: string; button: string } | null;
  sending: { isPending: boolean; error: { message: string } | null };
  onSend: () => void;
  onClose: () => void;
  /** What came of it. */
  children: ReactNode;
}

/** Sends JSON that a person writes, and shows what comes of it. */
export function SendJsonDialog({
  title,
  description,
  label,
  text,
  onText,
  problem,
  sending,
  onSend,
  onClose,
  children,
}: SendJsonDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            look="primary"
            busy={sending.isPending}
            disabled={problem !== null}
            {...(problem && { reason: problem.button })}
            onClick={onSend}
          >
            Send
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field label={label} error={problem?.field ?? null}>
          {(control) => (
            <Textarea
              {...control}
              rows={8}
              spellCheck={false}
              className="font-mono text-dense"
              value={text}
              onChange={(event) => onText(event.target.value)}
            />
          )}
        </Field>
        {sending.error && <Notice tone="failed">{sending.error.message}</Notice>}
        {children}
      </div>
    </Dialog>
  );
}
