"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { readWhole } from "./whole-number";

interface RetentionFieldProps {
  days: number | null;
  readOnly: boolean;
  busy: boolean;
  onSave: (days: number | null) => void;
}

const range = { min: 1, max: 3650 };

/** How long ended runs are kept. A shorter time deletes, so it asks. */
export function RetentionField({ days, readOnly, busy, onSave }: RetentionFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const text = typed ?? (days === null ? "" : String(days));
  const read = readWhole(text, range, true);
  const isChanged = read.ok && read.value !== days;
  const save = () => {
    if (!read.ok) return;
    onSave(read.value);
    setTyped(null);
    setAsking(false);
  };
  const deletes = read.ok && read.value !== null && (days === null || read.value < days);
  return (
    <>
      <Field
        label="Keep ended runs for, days"
        hint="Then they are deleted for good, with what they received and gave. Empty: for ever. Owners and admins shorten it."
        error={typed !== null && !read.ok ? read.problem : null}
      >
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              inputMode="numeric"
              className="figures"
              value={text}
              placeholder="For ever"
              readOnly={readOnly}
              onChange={(event) => setTyped(event.target.value)}
            />
            {!readOnly && (
              <Button
                busy={busy}
                disabled={!isChanged}
                reason="Change the number of days first."
                onClick={() => (deletes ? setAsking(true) : save())}
              >
                Save
              </Button>
            )}
          </div>
        )}
      </Field>
      {asking && (
        <Dialog
          open
          onOpenChange={() => setAsking(false)}
          title={`Delete runs after ${read.ok ? (read.value ?? 0) : 0} days?`}
          description="Runs that ended longer ago than that are deleted within the hour. This cannot be undone."
          footer={
            <>
              <Button onClick={() => setAsking(false)}>Keep them</Button>
              <Button look="danger" busy={busy} onClick={save}>
                Delete after that time
              </Button>
            </>
          }
        />
      )}
    </>
  );
}
