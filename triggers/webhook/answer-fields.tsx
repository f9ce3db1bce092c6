"use client";
import type { Trigger } from "@/core/workflow/document";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { TriggerFields } from "@/components/builder/trigger-parts/trigger-editor-props";

const usualStatus = 202;

interface AnswerFieldsProps {
  trigger: Trigger;
  readOnly: boolean;
  set: (fields: TriggerFields) => void;
}

/** Status and words of an answer that does not wait for the output. */
export function AnswerFields({ trigger, readOnly, set }: AnswerFieldsProps) {
  if (trigger.respond === "output") return null;
  return (
    <>
      <Field label="Status of the answer" hint="Some senders take 200 or 204 only.">
        {(control) => (
          <Input
            {...control}
            type="number"
            min={200}
            max={299}
            readOnly={readOnly}
            value={trigger.answerStatus ?? usualStatus}
            onChange={({ target }) => {
              const status = Number(target.value);
              if (Number.isInteger(status) && status >= 200 && status <= 299)
                set({ answerStatus: status === usualStatus ? undefined : status });
            }}
          />
        )}
      </Field>
      {trigger.answer === "text" && (
        <Field label="Text of the answer" optional hint="What the sender reads, as it is.">
          {(control) => (
            <Input
              {...control}
              value={trigger.answerText ?? ""}
              maxLength={2000}
              readOnly={readOnly}
              onChange={({ target }) => set({ answerText: target.value === "" ? undefined : target.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}
