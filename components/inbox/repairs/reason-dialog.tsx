"use client";
import { useRef, useState, type KeyboardEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { sendsWriting } from "@/components/ui/shortcuts";
import { Textarea } from "@/components/ui/textarea";
import { ResultNotice } from "../result-notice";
import type { DecisionResult } from "../use-decision";

interface ReasonDialogProps {
  title: string;
  description: string;
  /** Who reads the reason. */
  hint: string;
  /** What the button says. */
  act: string;
  busy: boolean;
  problem: DecisionResult | null;
  onClose: () => void;
  finalFocus: () => boolean;
  onSend: (reason: string) => void;
}

/** A choice that says why. */
export function ReasonDialog({ title, description, hint, act, busy, problem, ...props }: ReasonDialogProps) {
  const { onClose, finalFocus, onSend } = props;
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const missing = reason.trim() === "";
  const submit = () => {
    setTried(true);
    if (missing) box.current?.focus();
    else onSend(reason.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!sendsWriting(event.nativeEvent)) return;
    event.preventDefault();
    if (!busy) submit();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      finalFocus={finalFocus}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button look="primary" busy={busy} onClick={submit}>
            {act}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4" onKeyDown={onKeyDown}>
        {problem !== null && <ResultNotice result={problem} />}
        <Field label="Reason" hint={hint} error={tried && missing ? "Say why, so that others can follow it." : null}>
          {(control) => (
            <Textarea
              {...control}
              ref={box}
              rows={2}
              maxLength={1000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
