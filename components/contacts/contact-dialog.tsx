"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import type { ContactItem } from "@/core/contracts/contact";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";

interface ContactDialogProps {
  contact: ContactItem;
  onOpenChange: (open: boolean) => void;
}

/** Corrects who a contact is and where they are reached. */
export function ContactDialog({ contact, onOpenChange }: ContactDialogProps) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState({
    name: contact.name,
    email: contact.email ?? "",
    phone: contact.phone ?? "",
  });
  const change = useMutation(
    api.contacts.change.mutationOptions({
      networkMode: "always",
      onSuccess: () => onOpenChange(false),
      onSettled: () => queryClient.invalidateQueries(),
    }),
  );
  const orNone = (text: string): string | null => (text.trim() === "" ? null : text.trim());
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (change.isPending) return;
    const { name, email, phone } = draft;
    change.mutate({ id: contact.id, name: name.trim(), email: orNone(email), phone: orNone(phone) });
  };
  const fields = [
    { name: "name", label: "Name", type: "text", most: 200, least: 1, optional: false },
    { name: "email", label: "E-mail address", type: "email", most: 320, least: 3, optional: true },
    { name: "phone", label: "Phone number", type: "tel", most: 40, least: 3, optional: true },
  ] as const;
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={`Edit ${contact.name}`}
      description="What is sent from now on goes to the new address and number. What was sent stays as it is."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" form="edit-contact" look="primary" busy={change.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form id="edit-contact" className="flex flex-col gap-4" onSubmit={submit}>
        {change.error && <Notice tone="failed">{change.error.message}</Notice>}
        {fields.map(({ name, label, type, most, least, optional }) => (
          <Field key={name} label={label} optional={optional}>
            {(control) => (
              <Input
                {...control}
                type={type}
                required={!optional}
                minLength={least}
                maxLength={most}
                value={draft[name]}
                onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </form>
    </Dialog>
  );
}
