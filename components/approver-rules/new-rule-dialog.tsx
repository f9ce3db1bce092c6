"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ruleLimits } from "@/core/approver-rules/document";
import { useTRPC } from "@/components/trpc";
import { FormDialog } from "@/components/ui/form-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { nameOf } from "./rule-edits";

/** Makes a table and opens it. */
export function NewRuleDialog({ onClose }: { onClose: () => void }) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const key = nameOf(name, "-");
  const create = useMutation(
    api.approverRules.create.mutationOptions({
      onSuccess: ({ key: made }) => router.push(`/settings/approver-rules/${made}`),
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.approverRules.pathKey() }),
    }),
  );
  const submit = () => {
    setTried(true);
    if (key !== "" && !create.isPending) create.mutate({ key, name: name.trim() });
  };
  return (
    <FormDialog
      onClose={onClose}
      title="New table"
      description="It decides nothing until it is published and a step asks by it."
      act="Make it"
      busy={create.isPending}
      error={create.error?.message ?? null}
      onSubmit={submit}
    >
      <Field
        label="Name"
        hint="Cards say it: “Asked by the rule …”."
        error={tried && key === "" ? "Give it a name that begins with a letter." : null}
      >
        {(control) => (
          <Input
            {...control}
            maxLength={ruleLimits.name}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}
