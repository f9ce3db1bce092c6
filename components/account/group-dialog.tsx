"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { toast } from "sonner";
import type { GroupKind, MemberGroup } from "@/core/contracts/member";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";

/** Makes a business role or team, or gives it another name. `group`: null for a new one. */
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
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() !== "" && !save.isPending) save.mutate({ kind, id: group?.id ?? null, name: name.trim() });
  };
  const noun = kind === "role" ? "business role" : "team";
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={group === null ? `New ${noun}` : `Rename ${group.name}`}
      description={
        group === null
          ? "Give it to members afterwards. Steps can ask it as soon as it is here."
          : "Only its name changes. Workflows that ask it go on asking it."
      }
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button look="primary" type="submit" form="group" busy={save.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form id="group" onSubmit={submit} className="flex flex-col gap-4">
        {save.error && <Notice tone="failed">{save.error.message}</Notice>}
        <Field label="Name" error={tried && name.trim() === "" ? "Give it a name." : null}>
          {(control) => (
            <Input {...control} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
