"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { MessageSquareText, Trash2 } from "lucide-react";
import { useRef, useState, type SyntheticEvent } from "react";
import { longestCannedName, longestMessage, type CannedAnswer } from "@/core/contracts/console";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Textarea } from "@/components/ui/textarea";

const fresh = { id: null, name: "", body: "" };

/** The organization's canned answers: made, changed and deleted. */
export function CannedDialog({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const canned = useQuery(api.console.canned.queryOptions());
  const [editing, setEditing] = useState<(Omit<CannedAnswer, "id"> & { id: string | null }) | null>(null);
  const begin = useRef<HTMLButtonElement>(null);
  const shared = { onSettled: () => queryClient.invalidateQueries({ queryKey: api.console.canned.queryKey() }) };
  const leave = () => {
    setEditing(null);
    // The form that had the focus goes away.
    requestAnimationFrame(() => begin.current?.focus());
  };
  const save = useMutation(api.console.saveCanned.mutationOptions({ ...shared, onSuccess: leave }));
  const remove = useMutation(
    api.console.removeCanned.mutationOptions({ ...shared, onSuccess: () => begin.current?.focus() }),
  );
  const problem = editing === null ? remove.error : save.error;
  const edit = (answer: Omit<CannedAnswer, "id"> & { id: string | null }) => {
    save.reset();
    setEditing(answer);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (editing !== null && !save.isPending) save.mutate(editing);
  };
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title="Canned answers"
      description="Begin an answer with / to insert one. {name} becomes the customer's name."
      footer={
        editing === null ? (
          <Button ref={begin} look="primary" onClick={() => edit(fresh)}>
            New canned answer
          </Button>
        ) : (
          <>
            <Button onClick={leave}>Cancel</Button>
            <Button type="submit" form="canned-answer" look="primary" busy={save.isPending}>
              Save
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-3">
        {problem && <Notice tone="failed">{problem.message}</Notice>}
        {editing !== null ? (
          <form id="canned-answer" className="flex flex-col gap-4" onSubmit={submit}>
            <Field label="Name">
              {(control) => (
                <Input
                  {...control}
                  required
                  autoFocus
                  maxLength={longestCannedName}
                  value={editing.name}
                  onChange={(event) => setEditing({ ...editing, name: event.target.value })}
                />
              )}
            </Field>
            <Field label="Text">
              {(control) => (
                <Textarea
                  {...control}
                  required
                  rows={5}
                  maxLength={longestMessage}
                  value={editing.body}
                  onChange={(event) => setEditing({ ...editing, body: event.target.value })}
                />
              )}
            </Field>
          </form>
        ) : !canned.data ? (
          canned.error ? (
            <ErrorState
              title="The canned answers did not load"
              message={canned.error.message}
              onRetry={() => void canned.refetch()}
            />
          ) : (
            <SkeletonRows rows={3} label="Loading canned answers" />
          )
        ) : canned.data.length === 0 ? (
          <EmptyState icon={MessageSquareText} title="No canned answers yet">
            Write once what you say every day.
          </EmptyState>
        ) : (
          <ul aria-label="Canned answers" className="flex flex-col">
            {canned.data.map((answer) => (
              <li key={answer.id} className="flex items-center gap-2 border-b py-1.5 last:border-b-0">
                <button
                  type="button"
                  onClick={() => edit(answer)}
                  className="min-w-0 flex-1 rounded-control px-2 py-1 text-left hover:bg-sunken"
                >
                  <span className="block font-medium [overflow-wrap:anywhere]">{answer.name}</span>
                  <span className="line-clamp-1 text-dense text-ink-2">{answer.body}</span>
                </button>
                <Button
                  look="quiet"
                  aria-label={`Delete ${answer.name}`}
                  busy={remove.isPending && remove.variables.id === answer.id}
                  onClick={() => remove.mutate({ id: answer.id })}
                  icon={<Trash2 size={16} aria-hidden />}
                  className="px-2.5"
                />
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}
