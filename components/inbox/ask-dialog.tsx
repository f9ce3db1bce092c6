"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { toast } from "sonner";
import type { ApprovalItem } from "@/core/contracts/approval";
import { useTRPC } from "@/components/trpc";
import { FormDialog } from "@/components/ui/form-dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";

interface AskDialogProps {
  item: ApprovalItem;
  onClose: () => void;
  finalFocus: () => boolean;
}

/** Asks the requester something before deciding. */
export function AskDialog({ item, onClose, finalFocus }: AskDialogProps) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const [question, setQuestion] = useState("");
  const [tried, setTried] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const ask = useMutation(
    api.approvals.ask.mutationOptions({
      onSuccess: ({ to }) => {
        toast(`${to ?? "The requester"} was asked. Its time stands still until the answer.`);
        onClose();
      },
      onSettled: () => queryClient.invalidateQueries(),
    }),
  );
  const submit = () => {
    setTried(true);
    if (question.trim() === "") box.current?.focus();
    else if (!ask.isPending) ask.mutate({ id: item.id, question: question.trim() });
  };
  return (
    <FormDialog
      onClose={onClose}
      finalFocus={finalFocus}
      title={`Ask about “${item.headline}”`}
      description="It stays open, and its time stands still until the answer. You can decide at any moment."
      act="Ask"
      busy={ask.isPending}
      error={ask.error?.message ?? null}
      onSubmit={submit}
    >
      <Field
        label="Your question"
        hint="Whoever asked for this reads it: the customer in their conversation, or the member who began the run."
        error={tried && question.trim() === "" ? "Write what you want to know." : null}
      >
        {(control) => (
          <Textarea
            {...control}
            ref={box}
            rows={3}
            maxLength={4000}
            value={question}
            onChange={(event) => setQuestion(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}
