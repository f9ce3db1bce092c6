"use client";
import { useMutation } from "@tanstack/react-query";
import { EyeOff } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { RunStep } from "@/core/contracts/run";
import { hiddenMark } from "@/core/workflow/secret-paths";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { JsonView } from "@/components/ui/json-view";
import { Textarea } from "@/components/ui/textarea";

const shortestReason = 3;

/** Whether something of a step is hidden from whoever looks. */
export function hidesSomething({ input, output, error, summary, attempts }: RunStep): boolean {
  return JSON.stringify([input, output, error, summary, attempts]).includes(hiddenMark);
}

/** Shows what a step hides, to whoever says why: until the page is left, and nowhere else. */
export function RevealAction({ runId, step: { id, name } }: { runId: string; step: RunStep }) {
  const api = useTRPC();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const shownBox = useRef<HTMLDivElement>(null);
  const reveal = useMutation(api.runs.reveal.mutationOptions({ gcTime: 0, onSuccess: () => setAsking(false) }));
  const { data: shown } = reveal;
  useEffect(() => {
    if (shown !== undefined) shownBox.current?.focus();
  }, [shown]);
  if (id === null) return null;
  if (shown !== undefined)
    return (
      <div
        ref={shownBox}
        tabIndex={-1}
        role="group"
        aria-label={`Hidden values of ${name}`}
        className="flex w-full flex-col gap-2 rounded-control border border-control p-3"
      >
        <p className="text-label text-ink-3">Shown until you leave this page. It is on record that you looked.</p>
        <p className="text-label font-medium text-ink-3">Input</p>
        <JsonView label={`Input of ${name}, whole`} value={shown.input} />
        {shown.output !== null && (
          <>
            <p className="text-label font-medium text-ink-3">Output</p>
            <JsonView label={`Output of ${name}, whole`} value={shown.output} />
          </>
        )}
        {shown.error !== null && (
          <p className="text-dense text-failed [overflow-wrap:anywhere]">{shown.error.message}</p>
        )}
      </div>
    );
  const isTooShort = reason.trim().length < shortestReason;
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        <EyeOff size={15} aria-hidden /> Show hidden values
      </Button>
      {asking && (
        <FormDialog
          title={`Show what “${name}” hides?`}
          description="Only what this step hides is shown, only here, and only to you. The run's history and the activity log say that you looked, and why."
          act="Show hidden values"
          busy={reveal.isPending}
          error={reveal.error?.message ?? null}
          onClose={() => setAsking(false)}
          onSubmit={() => {
            setTried(true);
            if (!isTooShort) reveal.mutate({ id: runId, stepId: id, reason: reason.trim() });
          }}
        >
          <Field label="Reason" error={tried && isTooShort ? "Say why you look." : null}>
            {(control) => (
              <Textarea
                {...control}
                rows={2}
                maxLength={300}
                value={reason}
                onChange={({ target }) => setReason(target.value)}
              />
            )}
          </Field>
        </FormDialog>
      )}
    </>
  );
}
