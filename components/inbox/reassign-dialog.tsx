"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import type { ApprovalItem } from "@/core/contracts/approval";
import { readId } from "@/core/ids";
import { awayMark } from "@/components/people/away-words";
import { useAssignees } from "@/components/people/use-assignees";
import { useAway } from "@/components/people/use-away";
import { useTRPC } from "@/components/trpc";
import { FormDialog } from "@/components/ui/form-dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";

/** Asks somebody else to decide. */
export function ReassignDialog({
  item,
  onClose,
  finalFocus,
}: {
  item: ApprovalItem;
  onClose: () => void;
  finalFocus: () => boolean;
}) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const options = useAssignees();
  const away = useAway();
  const [to, setTo] = useState("");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const reassign = useMutation(
    api.approvals.reassign.mutationOptions({
      onSuccess: ({ assignTo }) => {
        toast(`Reassigned to ${assignTo.join(", ")}.`);
        onClose();
      },
      onSettled: () => queryClient.invalidateQueries(),
    }),
  );
  const submit = () => {
    setTried(true);
    if (to !== "" && !reassign.isPending)
      reassign.mutate({ id: item.id, assignTo: [to], ...(reason.trim() !== "" && { reason: reason.trim() }) });
  };
  return (
    <FormDialog
      onClose={onClose}
      finalFocus={finalFocus}
      title={`Reassign “${item.headline}”`}
      description={item.assignTo.length === 0 ? "Nobody is asked now." : `Asked now: ${item.assignTo.join(", ")}.`}
      act="Reassign"
      busy={reassign.isPending}
      error={reassign.error?.message ?? null}
      onSubmit={submit}
    >
      <Field
        label="Ask instead"
        hint={`They decide from now on, instead of whoever was asked.${item.votes.length > 0 ? " What was said so far stays." : ""}`}
        error={tried && to === "" ? "Choose who decides." : null}
      >
        {(control) => (
          <Select {...control} value={to} onChange={(event) => setTo(event.target.value)} className="w-full">
            <option value="">Choose a role, team or person</option>
            {(["Roles", "Teams", "People"] as const).map((group) => (
              <optgroup key={group} label={group}>
                {options
                  .filter((option) => option.group === group)
                  .map(({ ref, label, detail }) => (
                    <option key={ref} value={ref}>
                      {group !== "People"
                        ? `${label} (${detail})`
                        : awayMark(label, away.get(readId("user", ref.slice(5)) ?? ""))}
                    </option>
                  ))}
              </optgroup>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Reason" optional hint="Kept in the history of the run and in the audit log.">
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}
