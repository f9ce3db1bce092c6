"use client";
import type { ReactNode } from "react";
import { undecidableWords } from "@/core/contracts/undecidable";
import type { AskContext } from "@/core/contracts/inbox";
import { StandsIn } from "@/components/people/stands-in";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { VisibleText } from "@/components/ui/visible-text";
import { PaneHead } from "../pane-head";
import { PaneSection } from "../pane-section";
import { StepHistory } from "../step-history";
import { useRested } from "../use-rested";
import { Answered } from "./answered";
import { AnswerPart } from "./answer-part";
import { AskChip } from "./ask-chip";
import { FormAnswer } from "./form-answer";
import { HandoffAnswer } from "./handoff-answer";
import { OutcomeAnswer } from "./outcome-answer";
import { useAnswer, type Answering } from "./use-answer";

interface AskPaneProps {
  context: AskContext;
  /** `sentence`: what came of it. */
  onAnswered: (id: string, sentence: string) => void;
}

/** One of them unfolded, with the way to answer it. Give it a `key` per item: what was typed belongs to one only. */
export function AskPane({ context, onAnswered }: AskPaneProps) {
  const answering = useAnswer(onAnswered);
  const open = context.status === "open";
  const resting = !useRested(context.id);
  return (
    <div className="h-full min-h-0 overflow-y-auto px-4 py-5 pb-20 md:px-6 md:pb-5">
      <div className="mx-auto flex max-w-[680px] flex-col gap-8">
        <AskHeader context={context} />
        {context.undecidable && (
          <Notice tone="failed">{undecidableWords("form", context.undecidable, context.assignTo)}</Notice>
        )}
        {open && context.standsInFor !== null && (
          <p className="text-ink-2">
            You answer <StandsIn person={context.standsInFor} />.
          </p>
        )}
        {open && !context.canAnswer && <p className="text-ink-2">{context.cannotAnswerReason}</p>}
        <AskBody context={context} answering={answering} resting={resting} />
        <Answered context={context} />
        {context.steps.length > 0 && (
          <PaneSection title="History">
            <StepHistory steps={context.steps} />
          </PaneSection>
        )}
      </div>
    </div>
  );
}

function AskBody(props: { context: AskContext; answering: Answering; resting: boolean }): ReactNode {
  const { context } = props;
  if (context.kind === "outcome") return <OutcomeAnswer {...props} />;
  if (context.kind === "handoff") return <HandoffAnswer {...props} />;
  return context.form && context.status === "open" && context.canAnswer ? (
    <AnswerPart>
      <FormAnswer context={context} form={context.form} answering={props.answering} />
    </AnswerPart>
  ) : null;
}

function AskHeader({ context }: { context: AskContext }) {
  const open = context.status === "open";
  return (
    <header>
      <PaneHead item={context} chip={<AskChip item={context} />} waits={open} />
      {context.detail !== null && (
        <p className="mt-3 whitespace-pre-line [overflow-wrap:anywhere]">
          <VisibleText text={context.detail} />
        </p>
      )}
      {context.status === "answered" && context.answeredAt !== null && (
        <p className="mt-3 rounded-control bg-quiet-tint px-3 py-2">
          {context.answeredBy ?? "The customer"} answered this <RelativeTime at={context.answeredAt} />.
        </p>
      )}
    </header>
  );
}
