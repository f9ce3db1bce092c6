"use client";
import { useState, type SyntheticEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";

interface SaveSampleDialogProps {
  /** Names there are already. */
  taken: readonly string[];
  busy: boolean;
  problem: string | null;
  onClose: () => void;
  onSave: (name: string) => Promise<void>;
}

/** Asks what a sample is to be called. */
export function SaveSampleDialog({ taken, busy, problem, onClose, onSave }: SaveSampleDialogProps) {
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const given = name.trim();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (given !== "" && !busy) void onSave(given);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Save this input as a sample"
      description="Everybody who tests this workflow can start from it."
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        {problem !== null && <Notice tone="failed">{problem}</Notice>}
        <Field
          label="Name"
          hint={
            taken.includes(given)
              ? "A sample of this name is there already; it is replaced."
              : "For example: large order"
          }
          error={tried && given === "" ? "Give the sample a name." : null}
        >
          {(control) => (
            <Input {...control} maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Not now</Button>
          <Button type="submit" look="primary" busy={busy}>
            Save sample
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
