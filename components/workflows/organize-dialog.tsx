"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { WorkflowListItem } from "@/core/contracts/workflow";
import { useTRPC } from "@/components/trpc";
import { FormDialog } from "@/components/ui/form-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { FolderField } from "./folder-field";
import { readTags } from "./workflow-filter";

interface OrganizeDialogProps {
  workflow: Pick<WorkflowListItem, "slug" | "name" | "description" | "folder" | "tags" | "owner">;
  /** Folders there are, to choose from. */
  folders: readonly string[];
  onClose: () => void;
  onDone: () => void;
}

/** What a workflow is called and where it is found. Acts at once: no version is needed. */
export function OrganizeDialog({ workflow, folders, onClose, onDone }: OrganizeDialogProps) {
  const api = useTRPC();
  const [name, setName] = useState(workflow.name);
  const [description, setDescription] = useState(workflow.description);
  const [folder, setFolder] = useState(workflow.folder);
  const [tags, setTags] = useState(workflow.tags.join(", "));
  const [ownerId, setOwnerId] = useState(workflow.owner.id);
  const members = useQuery(api.members.list.queryOptions());
  const save = useMutation(
    api.library.organize.mutationOptions({
      onSuccess: () => {
        onDone();
        onClose();
      },
    }),
  );
  const owners = (members.data?.items ?? []).filter((member) => member.is_active);
  const submit = () => {
    save.mutate({
      slug: workflow.slug,
      name,
      description,
      folder,
      tags: readTags(tags),
      ...(ownerId !== workflow.owner.id && { ownerId }),
    });
  };
  return (
    <FormDialog
      onClose={onClose}
      title={workflow.name}
      description="Acts at once; nothing has to be published."
      act="Save"
      busy={save.isPending}
      error={save.error?.message ?? null}
      onSubmit={submit}
    >
      <Field label="Name">
        {(control) => (
          <Input {...control} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Field label="Description" optional>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            value={description}
            maxLength={2000}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </Field>
      <FolderField value={folder} folders={folders} onChange={setFolder} />
      <Field label="Tags" optional hint="Separated by commas, e.g. billing, customers">
        {(control) => <Input {...control} value={tags} onChange={(event) => setTags(event.target.value)} />}
      </Field>
      <Field label="Owner" hint="Runs that nobody started in person belong to the owner.">
        {(control) => (
          <Select {...control} value={ownerId} onChange={(event) => setOwnerId(event.target.value)} className="w-full">
            {!owners.some(({ id }) => id === workflow.owner.id) && (
              <option value={workflow.owner.id}>{workflow.owner.name}</option>
            )}
            {owners.map((member) => (
              <option key={member.id} value={member.id}>
                {member.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </FormDialog>
  );
}
