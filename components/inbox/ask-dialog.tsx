"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type SyntheticEvent } from "react";
import { toast } from "sonner";
import type { ApprovalItem } from "@/core/contracts/approval";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { sendsWriting } from "@/components/ui/shortcuts";
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
  const submit = (event?: SyntheticEvent) => {
    event?.preventDefault();
    setTried(true);
    if (question.trim() === "") box.current?.focus();
    else if (!ask.isPending) ask.mutate({ id: item.id, question: question.trim() });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      finalFocus={finalFocus}
      title={`Ask about “${item.headline}”`}
      description="It stays open, and its time stands still until the answer. You can decide at any moment."
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button look="primary" type="submit" form="ask-back" busy={ask.isPending}>
            Ask
          </Button>
        </>
      }
    >
      <form
        id="ask-back"
        onSubmit={submit}
        onKeyDown={(event) => {
          if (sendsWriting(event.nativeEvent)) submit();
        }}
        className="flex flex-col gap-4"
      >
        {ask.error && <Notice tone="failed">{ask.error.message}</Notice>}
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
      </form>
    </Dialog>
  );
}
