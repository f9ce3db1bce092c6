"use client";
import { useMutation } from "@tanstack/react-query";
import { useId, useState, useSyncExternalStore, type SyntheticEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { CredentialField } from "@/components/ui/credential-field";
import type { PasswordPrompt } from "./password-prompt";

/** Asks for the password when a sensitive act needs it. `onProve` rejects with what to tell the person. */
export function PasswordDialog({
  prompt,
  onProve,
}: {
  prompt: PasswordPrompt;
  onProve: (password: string) => Promise<unknown>;
}) {
  const open = useSyncExternalStore(prompt.subscribe, prompt.isOpen, () => false);
  // Made anew each time: nobody finds the password of before.
  return open ? <OpenDialog prompt={prompt} onProve={onProve} /> : null;
}

function OpenDialog({ prompt, onProve }: Parameters<typeof PasswordDialog>[0]) {
  const form = useId();
  const [password, setPassword] = useState("");
  const prove = useMutation({ mutationFn: onProve, onSuccess: () => prompt.settle(true) });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    // A dialog inside a form of the page is none of its fields.
    event.stopPropagation();
    if (password !== "" && !prove.isPending) prove.mutate(password);
  };
  return (
    <Dialog
      open
      onOpenChange={(next) => {
        if (!next) prompt.settle(false);
      }}
      title="Your password, please"
      description="What you are about to do matters. It goes on once you gave your password; for the next 15 minutes you are not asked again."
      footer={
        <>
          <Button onClick={() => prompt.settle(false)}>Cancel</Button>
          <Button type="submit" form={form} look="primary" busy={prove.isPending}>
            Continue
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <CredentialField
          label="Password"
          autoComplete="current-password"
          value={password}
          error={prove.error?.message ?? null}
          onChange={setPassword}
        />
      </form>
    </Dialog>
  );
}
