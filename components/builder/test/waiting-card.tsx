"use client";
import { useQuery } from "@tanstack/react-query";
import { FastForward } from "lucide-react";
import type { RunStep } from "@/core/contracts/run";
import type { TestQuestion } from "@/core/contracts/test-run";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { useClock } from "@/components/ui/clock";
import { Facts } from "@/components/ui/facts";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { clockWords } from "@/components/ui/time-words";
import { ApprovalAnswer } from "./approval-answer";
import { CallbackAnswer, FormAnswer } from "./data-answers";
import { HandoffAnswer } from "./handoff-answer";
import { useRehearsal, type Rehearsing } from "./use-rehearsal";
import { partWords, timeWords } from "./waiting-words";

/** Something the test waits for, and the buttons that play the part of whom it waits for. */
export function WaitingCard({ runId, step }: { runId: string; step: RunStep }) {
  const waitpointId = step.waiting?.waitpointId ?? "";
  const api = useTRPC();
  const question = useQuery(api.testing.question.queryOptions({ runId, waitpointId }, { retry: false }));
  const rehearsal = useRehearsal({ runId, waitpointId });
  const isPerson = step.waiting !== null && personKinds.has(step.waiting.kind);
  return (
    <Card bar={isPerson ? "person" : "running"} className="px-4 py-3" data-waiting={step.key}>
      <p className="text-label text-ink-3">{step.name}</p>
      {question.data ? (
        <Question question={question.data} rehearsal={rehearsal} />
      ) : question.error ? (
        <p className="text-dense text-ink-2">{question.error.message}</p>
      ) : (
        <Skeleton className="h-16" />
      )}
    </Card>
  );
}

const personKinds: ReadonlySet<string> = new Set(["approval", "form", "handoff"]);

function Question({ question, rehearsal }: { question: TestQuestion; rehearsal: Rehearsing }) {
  const now = useClock();
  const Answer = answers[question.kind];
  return (
    <div className="flex flex-col gap-3">
      <div>
        {question.title !== "" && <p className="font-semibold [overflow-wrap:anywhere]">{question.title}</p>}
        {question.text !== null && question.text !== "" && (
          <p className="text-dense text-ink-2 [overflow-wrap:anywhere]">{question.text}</p>
        )}
        <p suppressHydrationWarning className="text-dense text-ink-2">
          {timeWords(question, (at) => clockWords(at, now))}
        </p>
      </div>
      {question.facts.length > 0 && <Facts dense items={question.facts} />}
      {rehearsal.problem !== null && question.form === null && (
        <Notice tone="failed">{rehearsal.problem.message}</Notice>
      )}
      {Answer && (
        <div role="group" aria-label={partWords(question)} className="flex flex-col gap-3">
          <p className="text-dense font-medium">{partWords(question)}</p>
          <Answer question={question} rehearsal={rehearsal} />
        </div>
      )}
      {question.dueAt !== null && (
        <Button
          look={question.kind === "timer" ? "primary" : "quiet"}
          className="self-start"
          icon={<FastForward size={15} aria-hidden />}
          busy={rehearsal.busy}
          onClick={() => rehearsal.act({ type: "pass_time" })}
        >
          {question.kind === "timer" ? "Skip the wait" : "Jump to the deadline"}
        </Button>
      )}
    </div>
  );
}

const answers: Partial<
  Record<TestQuestion["kind"], (props: { question: TestQuestion; rehearsal: Rehearsing }) => React.ReactNode>
> = { approval: ApprovalAnswer, form: FormAnswer, handoff: HandoffAnswer, callback: CallbackAnswer };
