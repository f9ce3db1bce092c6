"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type SyntheticEvent } from "react";
import { toast } from "sonner";
import type { ApprovalItem } from "@/core/contracts/approval";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { sendsWriting } from "@/components/ui/shortcuts";
import { Textarea } from "@/components/ui/textarea";

/** The open question of an approval, for the member whom it is asked of. */
export function AnswerBox({ item, onDone }: { item: ApprovalItem; onDone: () => void }) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const [answer, setAnswer] = useState("");
  const [tried, setTried] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const question = item.questions.at(-1);
  const sending = useMutation(
    api.approvals.answer.mutationOptions({
      onSuccess: () => {
        toast(`${question?.by ?? "Whoever asked"} has your answer.`);
        onDone();
      },
      onSettled: () => queryClient.invalidateQueries(),
    }),
  );
  if (question === undefined) return null;
  const submit = (event?: SyntheticEvent) => {
    event?.preventDefault();
    setTried(true);
    if (answer.trim() === "") box.current?.focus();
    else if (!sending.isPending) sending.mutate({ id: item.id, answer: answer.trim() });
  };
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => {
        if (sendsWriting(event.nativeEvent)) submit();
      }}
      className="flex flex-col gap-3"
    >
      {sending.error && <Notice tone="failed">{sending.error.message}</Notice>}
      <Field label={`Your answer to ${question.by}`} error={tried && answer.trim() === "" ? "Write an answer." : null}>
        {(control) => (
          <Textarea
            {...control}
            ref={box}
            rows={3}
            maxLength={4000}
            value={answer}
            onChange={(event) => setAnswer(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" busy={sending.isPending} className="max-sm:h-12 sm:self-start">
        Answer
      </Button>
    </form>
  );
}
