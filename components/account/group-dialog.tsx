"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import type { GroupKind, MemberGroup } from "@/core/contracts/member";
import { useTRPC } from "@/components/trpc";
import { FormDialog } from "@/components/ui/form-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";

/** Makes a business role or team, or changes its name, of a team its working hours too. `group`: null for a new one. */
export function GroupDialog({
  kind,
  group,
  onClose,
}: {
  kind: GroupKind;
  group: MemberGroup | null;
  onClose: () => void;
}) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState(group?.name ?? "");
  const [calendar, setCalendar] = useState(group?.calendar ?? "");
  const calendars = useQuery(api.calendars.list.queryOptions(undefined, { enabled: kind === "team" }));
  const [tried, setTried] = useState(false);
  const save = useMutation(
    api.members.saveGroup.mutationOptions({
      onSuccess: () => {
        toast("Saved.");
        onClose();
      },
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.members.pathKey() }),
    }),
  );
  const submit = () => {
    setTried(true);
    if (name.trim() === "" || save.isPending) return;
    const isOther = calendar !== (group?.calendar ?? "");
    save.mutate({
      kind,
      id: group?.id ?? null,
      name: name.trim(),
      // Other working hours take a password, a name does not.
      ...(isOther ? { calendar: calendar === "" ? null : calendar } : {}),
    });
  };
  const noun = kind === "role" ? "business role" : "team";
  return (
    <FormDialog
      onClose={onClose}
      title={group === null ? `New ${noun}` : kind === "role" ? `Rename ${group.name}` : `Change ${group.name}`}
      description={
        group === null
          ? "Give it to members afterwards. Steps can ask it as soon as it is here."
          : "Workflows that ask it go on asking it."
      }
      act="Save"
      busy={save.isPending}
      error={save.error?.message ?? null}
      onSubmit={submit}
    >
      <Field label="Name" error={tried && name.trim() === "" ? "Give it a name." : null}>
        {(control) => (
          <Input {...control} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      {kind === "team" && (
        <Field label="Working hours" hint="Deadlines of steps that count by the team's hours.">
          {(control) => (
            <Select
              {...control}
              value={calendar}
              onChange={({ target }) => setCalendar(target.value)}
              className="w-full"
            >
              <option value="">Those of the organization, if it has any</option>
              {(calendars.data?.items ?? []).map(({ slug, name: called }) => (
                <option key={slug} value={slug}>
                  {called}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
    </FormDialog>
  );
}
