"use client";
import type { KeyboardEvent } from "react";
import type { RepairContext } from "@/core/contracts/repair";
import type { JsonObject } from "@/core/json";
import type { Refusal } from "@/components/fields/refusal";
import { SchemaForm } from "@/components/fields/schema-form";
import { Dialog } from "@/components/ui/dialog";
import { sendsWriting } from "@/components/ui/shortcuts";
import { ResultNotice } from "../result-notice";
import type { DecisionResult } from "../use-decision";
import { draftOfFix } from "./use-repair";

interface FixDialogProps {
  id: string;
  fix: NonNullable<RepairContext["fix"]>;
  busy: boolean;
  problem: DecisionResult | null;
  /** What the server said to the values: it stands at their fields. */
  refusal: Refusal | null;
  onClose: () => void;
  finalFocus: () => boolean;
  onFix: (values: JsonObject) => void;
}

/** Corrects what the step reads of the run's input, and goes on from the step. */
export function FixDialog({ id, fix, busy, problem, refusal, onClose, finalFocus, onFix }: FixDialogProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (!sendsWriting(event.nativeEvent)) return;
    event.preventDefault();
    event.currentTarget.querySelector("form")?.requestSubmit();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      finalFocus={finalFocus}
      title="Fix and go on"
      description={`The run goes on from the step that failed, with these values${fix.whole ? "" : " of what it reads"}. An approval that holds one that you change is asked again.`}
    >
      <div className="flex flex-col gap-4" onKeyDown={onKeyDown}>
        {problem !== null && <ResultNotice result={problem} />}
        {fix.hidden.length > 0 && (
          <p className="text-dense text-ink-2">
            What is sensitive is not shown. It stays as it is where you leave the field empty.
          </p>
        )}
        <SchemaForm
          schema={fix.schema}
          values={fix.values}
          submitLabel="Go on with these values"
          busy={busy}
          problem={refusal}
          keepAs={draftOfFix(id)}
          hidden={fix.hidden}
          onSubmit={(values) => {
            if (!busy) onFix(values);
          }}
        />
      </div>
    </Dialog>
  );
}
