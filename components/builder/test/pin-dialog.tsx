"use client";
import { useState, type SyntheticEvent } from "react";
import type { Json } from "@/core/json";
import type { Handle } from "@/core/workflow/step-definition";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";

interface PinDialogProps {
  step: string;
  handles: readonly Handle[];
  initial: { handle: string; output: Json };
  onClose: () => void;
  onPin: (handle: string, output: Json) => void;
}

/** What tests are to take from a step instead of running it: its branch and its output. */
export function PinDialog({ step, handles, initial, onClose, onPin }: PinDialogProps) {
  const [handle, setHandle] = useState(initial.handle);
  const [text, setText] = useState(() => JSON.stringify(initial.output, null, 2));
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const read = readJson(text);
    if ("problem" in read) setProblem(read.problem);
    else onPin(handle, read.value);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Pin the output of ${step}`}
      description="Tests take this instead of running the step. Real runs never do, and publishing leaves it out."
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        {handles.length > 1 && (
          <Field label="Branch">
            {(control) => (
              <Select {...control} value={handle} onChange={(event) => setHandle(event.target.value)}>
                {handles.map(({ id, label }) => (
                  <option key={id} value={id}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        <Field label="Output as JSON" error={problem}>
          {(control) => (
            <Textarea
              {...control}
              rows={10}
              spellCheck={false}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setProblem(null);
              }}
              className="font-mono text-dense"
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Not now</Button>
          <Button type="submit" look="primary">
            Pin output
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function readJson(text: string): { value: Json } | { problem: string } {
  if (text.trim() === "") return { value: null };
  try {
    // What JSON.parse gives is JSON.
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    return { problem: `This is not valid JSON: ${error instanceof Error ? error.message : "check it."}` };
  }
}
