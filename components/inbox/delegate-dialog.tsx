"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import type { ApprovalItem } from "@/core/contracts/approval";
import { readId } from "@/core/ids";
import { awayMark } from "@/components/people/away-words";
import { useAway } from "@/components/people/use-away";
import { useTRPC } from "@/components/trpc";
import { FormDialog } from "@/components/ui/form-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SearchInput } from "@/components/ui/search-input";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Textarea } from "@/components/ui/textarea";
import { colleaguesFound } from "@/components/people/colleagues-found";

interface DelegateDialogProps {
  item: ApprovalItem;
  onClose: () => void;
  finalFocus: () => boolean;
}

/** Lets a colleague decide in one's own name. */
export function DelegateDialog({ item, onClose, finalFocus }: DelegateDialogProps) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const colleagues = useQuery(api.approvals.delegates.queryOptions({ id: item.id }));
  const away = useAway();
  const [search, setSearch] = useState("");
  const [to, setTo] = useState("");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const delegate = useMutation(
    api.approvals.delegate.mutationOptions({
      onSuccess: ({ to: name }) => {
        toast(`${name ?? "Your colleague"} may decide it too, in your name.`);
        onClose();
      },
      onSettled: () => queryClient.invalidateQueries(),
    }),
  );
  const all = colleagues.data?.items ?? [];
  const found = colleaguesFound(all, search);
  const submit = () => {
    setTried(true);
    if (to === "" || delegate.isPending) return;
    delegate.mutate({ id: item.id, to, ...(reason.trim() !== "" && { reason: reason.trim() }) });
  };
  return (
    <FormDialog
      onClose={onClose}
      finalFocus={finalFocus}
      title={`Delegate “${item.headline}”`}
      description="Your colleague decides in your name. You can still decide it yourself, or take it back."
      act="Delegate"
      busy={delegate.isPending}
      disabled={all.length === 0}
      error={delegate.error?.message ?? null}
      onSubmit={submit}
    >
      <SearchInput
        label="Search colleagues"
        placeholder="Name or e-mail address"
        value={search}
        onChange={setSearch}
        className="block"
      />
      {colleagues.error ? (
        <ErrorState
          title="Your colleagues did not load"
          message={colleagues.error.message}
          onRetry={() => void colleagues.refetch()}
        />
      ) : colleagues.data === undefined ? (
        <SkeletonRows rows={3} label="Loading colleagues" />
      ) : all.length === 0 ? (
        <Notice tone="quiet">
          Nobody else may decide this: everybody who could is asked already, or asked for it themselves.
        </Notice>
      ) : (
        <>
          <fieldset
            className="flex min-w-0 flex-col gap-1"
            aria-describedby={tried && to === "" ? "delegate-missing" : undefined}
          >
            <legend className="sr-only">Who decides in your name</legend>
            <div className="max-h-60 overflow-y-auto rounded-control border">
              {found.map(({ ref, name, email }) => (
                <label
                  key={ref}
                  className="flex min-h-11 cursor-pointer items-center gap-3 px-3 py-1.5 hover:bg-sunken has-checked:bg-sunken"
                >
                  <input type="radio" name="colleague" value={ref} checked={to === ref} onChange={() => setTo(ref)} />
                  <span className="min-w-0 [overflow-wrap:anywhere]">
                    <span className="block font-medium">
                      {awayMark(name, away.get(readId("user", ref.slice(5)) ?? ""))}
                    </span>
                    <span className="block text-dense text-ink-2">{email}</span>
                  </span>
                </label>
              ))}
              {found.length === 0 && (
                <p className="px-3 py-2 text-dense text-ink-2">
                  Nobody of that name can decide this. Who is asked already, or asked for it, is not listed.
                </p>
              )}
            </div>
            {tried && to === "" && (
              <p id="delegate-missing" role="alert" className="text-label font-medium text-failed">
                Choose who decides in your name.
              </p>
            )}
          </fieldset>
          <Field
            label="Why"
            optional
            hint="Your colleague reads it; kept in the history of the run and in the audit log."
          >
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
        </>
      )}
    </FormDialog>
  );
}
