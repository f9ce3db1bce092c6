"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { longestNote } from "@/core/contracts/absence";
import type { MemberItem } from "@/core/contracts/member";
import { awayMark } from "@/components/people/away-words";
import { useAway } from "@/components/people/use-away";
import { useTRPC } from "@/components/trpc";
import { FormDialog } from "@/components/ui/form-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { absenceProblems, mayAnswer, toAbsence, type AbsenceDraft } from "./absence-draft";
import { ChoiceList } from "./choice-list";

const empty: AbsenceDraft = {
  from: "",
  until: "",
  deputy: "",
  workflows: new Set(),
  amount: "",
  currency: "",
  note: "",
};

/** Says that somebody is away, and who answers meanwhile. */
export function AbsenceDialog({
  member,
  isOwn,
  members,
  onClose,
}: {
  member: MemberItem;
  isOwn: boolean;
  members: readonly MemberItem[];
  onClose: () => void;
}) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const workflows = useQuery(api.workflows.list.queryOptions());
  const away = useAway();
  const [draft, setDraft] = useState(empty);
  const [tried, setTried] = useState(false);
  const problems = tried ? absenceProblems(draft) : {};
  const write = (part: Partial<AbsenceDraft>) => setDraft({ ...draft, ...part });
  const set = useMutation(
    api.absences.set.mutationOptions({
      onSuccess: ({ deputy }) => {
        toast(deputy === null ? "Saved. Colleagues see it." : `Saved. ${deputy.name} was told.`);
        onClose();
      },
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.absences.pathKey() }),
    }),
  );
  const submit = () => {
    setTried(true);
    if (Object.keys(absenceProblems(draft)).length > 0 || set.isPending) return;
    set.mutate({ ...toAbsence(draft), ...(isOwn ? {} : { user: member.id }) });
  };
  return (
    <FormDialog
      onClose={onClose}
      title={isOwn ? "I am away" : `${member.name} is away`}
      description="A deputy answers in the name of whoever is away, who can still answer too. Nobody decides twice by it."
      act="Save"
      busy={set.isPending}
      error={set.error?.message ?? null}
      onSubmit={submit}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="From" optional hint="Left empty: from now on.">
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={draft.from}
              onChange={({ target }) => write({ from: target.value })}
            />
          )}
        </Field>
        <Field label="Until" optional hint="Left empty: until it is ended." error={problems.until ?? null}>
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={draft.until}
              onChange={({ target }) => write({ until: target.value })}
            />
          )}
        </Field>
      </div>
      <Field label="Deputy" hint="Is told, and answers what is asked meanwhile.">
        {(control) => (
          <Select
            {...control}
            value={draft.deputy}
            onChange={({ target }) => write({ deputy: target.value })}
            className="w-full"
          >
            <option value="">Nobody: it is only shown</option>
            {members
              .filter((each) => each.id !== member.id && mayAnswer(each))
              .map((each) => (
                <option key={each.id} value={each.id}>
                  {awayMark(each.name, away.get(each.id))}
                </option>
              ))}
          </Select>
        )}
      </Field>
      {draft.deputy !== "" && (
        <>
          <ChoiceList
            legend="For these workflows; none chosen means all"
            choices={(workflows.data?.items ?? []).map(({ slug, name }) => ({ id: slug, name }))}
            chosen={draft.workflows}
            onChange={(chosen) => write({ workflows: chosen })}
            none="There are no workflows yet, so it holds for all."
          />
          <div className="grid grid-cols-[1fr_8rem] gap-4">
            <Field
              label="Highest amount"
              optional
              hint="Approvals that show more are not the deputy's."
              error={problems.amount ?? null}
            >
              {(control) => (
                <Input
                  {...control}
                  inputMode="decimal"
                  maxLength={16}
                  value={draft.amount}
                  onChange={({ target }) => write({ amount: target.value })}
                />
              )}
            </Field>
            <Field label="Currency" optional hint="Such as EUR." error={problems.currency ?? null}>
              {(control) => (
                <Input
                  {...control}
                  maxLength={3}
                  value={draft.currency}
                  onChange={({ target }) => write({ currency: target.value })}
                />
              )}
            </Field>
          </div>
        </>
      )}
      <Field label="Note" optional hint="Colleagues read it.">
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={longestNote}
            value={draft.note}
            onChange={({ target }) => write({ note: target.value })}
          />
        )}
      </Field>
    </FormDialog>
  );
}
