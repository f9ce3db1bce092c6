"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { minPasswordLength } from "@/core/contracts/session";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { CredentialField } from "@/components/ui/credential-field";
import { Section } from "./section";

/** A new password; it ends all other sign-ins. */
export function PasswordForm() {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation(
    api.sessions.changePassword.mutationOptions({
      onSuccess: async () => {
        setCurrent("");
        setNext("");
        await queryClient.invalidateQueries({ queryKey: api.sessions.list.queryKey() });
      },
    }),
  );
  const tooShort = next !== "" && next.length < minPasswordLength;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!tooShort) change.mutate({ current, next });
  };
  return (
    <Section title="Password" note="A new password signs you out in all other browsers.">
      <form onSubmit={submit} className="flex max-w-[400px] flex-col gap-4">
        {change.error && <Notice tone="failed">{change.error.message}</Notice>}
        {change.isSuccess && <Notice tone="completed">Your password was changed.</Notice>}
        <CredentialField
          label="Old password"
          autoComplete="current-password"
          value={current}
          onChange={(value) => {
            setCurrent(value);
            change.reset();
          }}
        />
        <CredentialField
          label="New password"
          autoComplete="new-password"
          hint={`At least ${minPasswordLength} characters. A few words are easier to remember than signs.`}
          error={tooShort ? `Add ${minPasswordLength - next.length} more characters.` : null}
          value={next}
          onChange={setNext}
        />
        <Button type="submit" look="primary" busy={change.isPending} className="self-start">
          Change password
        </Button>
      </form>
    </Section>
  );
}
