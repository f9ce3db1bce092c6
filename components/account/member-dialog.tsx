"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import type { MemberGroup, MemberItem } from "@/core/contracts/member";
import { useTRPC } from "@/components/trpc";
import { FormDialog } from "@/components/ui/form-dialog";
import { ChoiceList } from "./choice-list";

/** What a member is asked as. */
export function MemberDialog({
  member,
  groups,
  onClose,
}: {
  member: MemberItem;
  groups: readonly MemberGroup[];
  onClose: () => void;
}) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const known = new Set(groups.filter(({ kind }) => kind === "role").map(({ id }) => id));
  const [roles, setRoles] = useState<ReadonlySet<string>>(
    new Set(member.business_roles.filter((slug) => known.has(slug))),
  );
  const [teams, setTeams] = useState<ReadonlySet<string>>(new Set(member.teams.map(({ id }) => id)));
  const change = useMutation(
    api.members.change.mutationOptions({
      onSuccess: () => {
        toast(`Saved. ${member.name} is asked as this from now on.`);
        onClose();
      },
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.members.pathKey() }),
    }),
  );
  const submit = () => {
    if (!change.isPending) change.mutate({ memberId: member.id, roles: [...roles], teams: [...teams] });
  };
  return (
    <FormDialog
      onClose={onClose}
      title={`Roles and teams of ${member.name}`}
      description="Open requests follow at once: who is asked is looked up when somebody decides."
      act="Save"
      busy={change.isPending}
      error={change.error?.message ?? null}
      onSubmit={submit}
    >
      <ChoiceList
        legend="Business roles"
        choices={groups.filter(({ kind }) => kind === "role")}
        chosen={roles}
        onChange={setRoles}
        none="There are no business roles yet."
      />
      <ChoiceList
        legend="Teams"
        choices={groups.filter(({ kind }) => kind === "team")}
        chosen={teams}
        onChange={setTeams}
        none="There are no teams yet."
      />
    </FormDialog>
  );
}
