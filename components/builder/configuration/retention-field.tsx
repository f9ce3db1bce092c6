"use client";
import { useState } from "react";
import { DurationField } from "@/components/builder/fields/duration-field";
import { unitMs } from "@/components/builder/fields/duration-value";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

interface RetentionFieldProps {
  days: number | null;
  readOnly: boolean;
  busy: boolean;
  onSave: (days: number | null) => void;
}

/** How long ended runs are kept. A shorter time deletes, so it asks. */
export function RetentionField({ days, readOnly, busy, onSave }: RetentionFieldProps) {
  const [written, setWritten] = useState<{ days: number | null } | null>(null);
  const [asking, setAsking] = useState(false);
  const next = written === null ? days : written.days;
  const save = () => {
    onSave(next);
    setWritten(null);
    setAsking(false);
  };
  const deletes = next !== null && (days === null || next < days);
  return (
    <>
      <DurationField
        label="Keep ended runs for, days"
        hint="Then they are deleted for good, with what they received and gave. Empty: for ever. Owners and admins shorten it."
        value={next === null ? null : next * unitMs.days}
        range={{ min: 1, max: 3650 }}
        units={["days"]}
        usual="days"
        emptyMeans="For ever"
        readOnly={readOnly}
        onChange={(ms) => setWritten({ days: ms === null ? null : ms / unitMs.days })}
        onProblem={() => setWritten(null)}
        beside={
          !readOnly && (
            <Button
              busy={busy}
              disabled={next === days}
              reason="Change the number of days first."
              onClick={() => (deletes ? setAsking(true) : save())}
            >
              Save
            </Button>
          )
        }
      />
      {asking && (
        <Dialog
          open
          onOpenChange={() => setAsking(false)}
          title={`Delete runs after ${next ?? 0} days?`}
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
