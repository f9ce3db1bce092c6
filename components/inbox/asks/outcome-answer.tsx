"use client";
import { useId, useRef, useState } from "react";
import type { AskContext, SentCall } from "@/core/contracts/inbox";
import { Button } from "@/components/ui/button";
import { Facts } from "@/components/ui/facts";
import { Field } from "@/components/ui/field";
import { JsonView } from "@/components/ui/json-view";
import { Textarea } from "@/components/ui/textarea";
import { PaneSection } from "../pane-section";
import { AnswerPart } from "./answer-part";
import { AnswerProblem } from "./answer-problem";
import { useAskDraft } from "./ask-draft";
import type { Answering } from "./use-answer";

/** "Charged or not?": what was sent, and the only answers there are. An answer is chosen first and given then. */
export function OutcomeAnswer({
  context,
  answering,
  resting,
}: {
  context: AskContext;
  answering: Answering;
  resting: boolean;
}) {
  const id = useId();
  const { draft, write } = useAskDraft(context.id);
  const { note, choice: chosen } = draft;
  const first = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { question } = context;
  if (!question) return null;
  const answer = question.choices.find(({ value }) => value === chosen);
  const give = (): void => {
    if (!answer) {
      setProblem("Choose what is true.");
      first.current?.focus();
      return;
    }
    const text = note.trim();
    answering.resolve(
      { id: context.id, resolution: answer.value, ...(text !== "" && { note: text }) },
      `Answered: “${answer.label}”.`,
    );
  };
  return (
    <>
      {question.sent && (
        <PaneSection title="What was sent" note="The connection broke before a complete answer came.">
          <Sent sent={question.sent} />
        </PaneSection>
      )}
      {context.status === "open" && context.canAnswer && (
        <AnswerPart>
          <form
            className="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              if (!resting && !answering.busy) give();
            }}
          >
            <fieldset aria-describedby={problem === null ? undefined : `${id}-problem`} className="flex flex-col gap-1">
              <legend className="mb-1 text-dense font-semibold">{question.text}</legend>
              {question.choices.map(({ value, label }, at) => (
                <label key={value} className="flex min-h-9 items-center gap-2.5 max-sm:min-h-11">
                  <input
                    ref={at === 0 ? first : null}
                    type="radio"
                    name={`${id}-answer`}
                    checked={chosen === value}
                    onChange={() => {
                      write({ choice: value });
                      setProblem(null);
                    }}
                    className="size-4 accent-ink"
                  />
                  {label}
                </label>
              ))}
              {problem !== null && (
                <p id={`${id}-problem`} role="alert" className="text-label font-medium text-failed">
                  {problem}
                </p>
              )}
            </fieldset>
            <Field label="Note" optional hint="For colleagues: where you looked, what you found.">
              {(control) => (
                <Textarea
                  {...control}
                  rows={2}
                  maxLength={5000}
                  value={note}
                  onChange={(event) => write({ note: event.target.value })}
                />
              )}
            </Field>
            <AnswerProblem problem={answering.problem} />
            <div>
              <Button type="submit" look="primary" busy={answering.busy} resting={resting} className="max-sm:h-12">
                Give this answer
              </Button>
            </div>
          </form>
        </AnswerPart>
      )}
    </>
  );
}

function Sent({ sent }: { sent: SentCall }) {
  const facts = [
    { label: "Connection", value: sent.connection },
    { label: "Call", value: `${sent.method} ${sent.path}` },
  ];
  return (
    <div className="flex flex-col gap-2">
      <Facts items={facts} />
      {isFilled(sent.query) && <JsonView label="Query" value={sent.query} />}
      {isFilled(sent.body) && <JsonView label="Body" value={sent.body} />}
    </div>
  );
}

const isFilled = (value: SentCall["body"]): boolean =>
  value !== null && (typeof value !== "object" || Object.keys(value).length > 0);
