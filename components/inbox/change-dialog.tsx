"use client";
import { useMemo } from "react";
import type { EditableValue } from "@/core/contracts/approval";
import type { JsonObject } from "@/core/json";
import { SchemaForm } from "@/components/fields/schema-form";
import { Dialog } from "@/components/ui/dialog";
import { changedValues, formOf } from "./changed-values";
import { ResultNotice } from "./result-notice";
import type { DecisionResult } from "./use-decision";

interface ChangeDialogProps {
  editable: readonly EditableValue[];
  busy: boolean;
  problem: DecisionResult | null;
  onClose: () => void;
  finalFocus: () => boolean;
  /** `edits`: what was changed, by path. */
  onApprove: (edits: JsonObject) => void;
}

/** Approves with other values than those that were asked about, where the workflow allows it. */
export function ChangeDialog({ editable, busy, problem, onClose, finalFocus, onApprove }: ChangeDialogProps) {
  const { schema, values } = useMemo(() => formOf(editable), [editable]);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      finalFocus={finalFocus}
      title="Change values and approve"
      description="The next steps go on with what you enter; what is said under What happens next is about the values from before. The record keeps both."
    >
      <div className="flex flex-col gap-4">
        {problem !== null && <ResultNotice result={problem} />}
        <SchemaForm
          schema={schema}
          values={values}
          submitLabel="Approve with these values"
          busy={busy}
          problem={null}
          onSubmit={(given) => onApprove(changedValues(editable, given))}
        />
      </div>
    </Dialog>
  );
}
