"use client";
import { useState, type KeyboardEvent } from "react";
import { longestWord } from "@/core/contracts/console";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { sendsWriting } from "@/components/ui/shortcuts";
import { Textarea } from "@/components/ui/textarea";

interface WordDialogProps {
  title: string;
  description: string;
  label: string;
  /** What is said when nothing was typed; null: it may be left out. */
  required: string | null;
  submit: string;
  busy: boolean;
  onOpenChange: (open: boolean) => void;
  onSubmit: (word: string) => void;
}

/** Asks for a word to colleagues before something is done. */
export function WordDialog({
  title,
  description,
  label,
  required,
  submit,
  busy,
  onOpenChange,
  onSubmit,
}: WordDialogProps) {
  const [word, setWord] = useState("");
  const [tried, setTried] = useState(false);
  const isMissing = required !== null && word.trim() === "";
  const send = () => {
    setTried(true);
    if (!isMissing && !busy) onSubmit(word.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!sendsWriting(event.nativeEvent)) return;
    event.preventDefault();
    send();
  };
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button look="primary" busy={busy} onClick={send}>
            {submit}
          </Button>
        </>
      }
    >
      <div onKeyDown={onKeyDown}>
        <Field label={label} optional={required === null} error={tried && isMissing ? required : null}>
          {(control) => (
            <Textarea
              {...control}
              maxLength={longestWord}
              value={word}
              onChange={(event) => setWord(event.target.value)}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
