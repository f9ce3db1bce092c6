"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import type { WorkflowListItem } from "@/core/contracts/workflow";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
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
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
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
    <Dialog
      open
      onOpenChange={onClose}
      title={workflow.name}
      description="Acts at once; nothing has to be published."
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button look="primary" type="submit" form="organize" busy={save.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form id="organize" onSubmit={submit} className="flex flex-col gap-4">
        {save.error && <Notice tone="failed">{save.error.message}</Notice>}
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
            <Select
              {...control}
              value={ownerId}
              onChange={(event) => setOwnerId(event.target.value)}
              className="w-full"
            >
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
      </form>
    </Dialog>
  );
}
