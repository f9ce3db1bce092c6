"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { ruleLimits } from "@/core/approver-rules/document";
import type { RuleDetail } from "@/core/contracts/approver-rule";
import { useTRPC } from "@/components/trpc";
import { FormDialog } from "@/components/ui/form-dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";
import { VisibleText } from "@/components/ui/visible-text";

/** Says in words what changes, and what does not, before the table decides. */
export function PublishDialog({ rule, onClose }: { rule: RuleDetail; onClose: () => void }) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const [note, setNote] = useState("");
  const publish = useMutation(
    api.approverRules.publish.mutationOptions({
      onSuccess: ({ version }) => {
        toast(`Version ${String(version)} decides from now on.`);
        onClose();
      },
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.approverRules.pathKey() }),
    }),
  );
  const submit = () => {
    if (publish.isPending) return;
    publish.mutate({ key: rule.key, revision: rule.draft.revision, liveVersion: rule.live_version, note: note.trim() });
  };
  const warnings = [
    ...rule.gaps,
    ...rule.problems.filter(({ severity }) => severity === "warning").map(({ message }) => message),
  ];
  return (
    <FormDialog
      onClose={onClose}
      title={`Publish “${rule.name}”`}
      description="It holds for everything that is asked from then on, without publishing a workflow. Requests that are open keep the version that asked them."
      act="Publish"
      busy={publish.isPending}
      error={publish.error?.message ?? null}
      onSubmit={submit}
    >
      <section>
        <h3 className="text-dense font-medium">What changes</h3>
        <ul aria-label="What changes" className="mt-1 flex list-disc flex-col gap-1 pl-4 [overflow-wrap:anywhere]">
          {rule.changes.map((change) => (
            <li key={change}>
              <VisibleText text={change} />
            </li>
          ))}
        </ul>
      </section>
      {warnings.map((warning) => (
        <Notice key={warning} tone="quiet">
          {warning}
        </Notice>
      ))}
      <Field label="Note" optional hint="Stands in the list of versions.">
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={ruleLimits.note}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}
