"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, type SyntheticEvent } from "react";
import type { RuleDetail, SimulateRule } from "@/core/contracts/approver-rule";
import type { RuleQuestion } from "@/core/approver-rules/document";
import { useAssignees } from "@/components/people/use-assignees";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { RulePart } from "./rule-part";
import { SimulationResult } from "./simulation-result";
import { askedValues, litRow } from "./asked-values";

interface SimulatorProps {
  rule: RuleDetail;
  /** What stands on the page is the draft. */
  isSaved: boolean;
  /** The row that fits, where it is one of those on the page; 0 is the last one. */
  onLit: (row: number | null) => void;
}

/** "Who would approve €12,000 in Lyon?": asks the table, and nobody else. */
export function Simulator({ rule, isSaved, onLit }: SimulatorProps) {
  const api = useTRPC();
  const options = useAssignees();
  const hasLive = rule.live !== null;
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const [requester, setRequester] = useState("");
  const [version, setVersion] = useState<"draft" | "live">(hasLive ? "live" : "draft");
  const [asked, setAsked] = useState<SimulateRule | null>(null);
  const document = version === "live" && rule.live !== null ? rule.live : rule.draft.document;
  const result = useQuery(
    api.approverRules.simulate.queryOptions(asked ?? { key: rule.key }, { enabled: asked !== null }),
  );
  const row = result.data === undefined || asked === null ? null : litRow(rule, asked.version, result.data.row);
  useEffect(() => onLit(row), [row, onLit]);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked({
      key: rule.key,
      version,
      values: askedValues(document.questions, answers),
      requester: requester === "" ? null : requester.replace(/^user:/, ""),
    });
  };
  return (
    <RulePart title="Who would decide?" note="Answers as people are at this moment. Nothing is asked of anybody.">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          {document.questions.map((question) => (
            <Answer
              key={question.name}
              question={question}
              value={answers[question.name] ?? ""}
              onValue={(value) => setAnswers({ ...answers, [question.name]: value })}
            />
          ))}
          <Field label="Who asks" optional>
            {(control) => (
              <Select
                {...control}
                value={requester}
                onChange={({ target }) => setRequester(target.value)}
                className="w-full"
              >
                <option value="">Nobody in particular</option>
                {options
                  .filter(({ group }) => group === "People")
                  .map(({ ref, label }) => (
                    <option key={ref} value={ref}>
                      {label}
                    </option>
                  ))}
              </Select>
            )}
          </Field>
          <Field label="Answered by">
            {(control) => (
              <Select
                {...control}
                value={version}
                onChange={({ target }) => setVersion(target.value === "live" ? "live" : "draft")}
                className="w-full"
              >
                {hasLive && <option value="live">{`Version ${String(rule.live_version ?? 0)}, which decides`}</option>}
                <option value="draft">The draft, as it is saved</option>
              </Select>
            )}
          </Field>
        </div>
        <Button type="submit" busy={result.isFetching} className="self-start max-sm:min-h-11">
          Ask the table
        </Button>
      </form>
      {version === "draft" && !isSaved && (
        <Notice tone="quiet">What you changed since the draft was saved is not looked at yet.</Notice>
      )}
      {result.error && asked !== null && <Notice tone="failed">{result.error.message}</Notice>}
      {result.data !== undefined && asked !== null && <SimulationResult result={result.data} />}
    </RulePart>
  );
}

function Answer({
  question,
  value,
  onValue,
}: {
  question: RuleQuestion;
  value: string;
  onValue: (value: string) => void;
}) {
  const label = question.title === "" ? question.name : question.title;
  return (
    <Field label={question.type === "money" ? `${label} (${question.currency})` : label}>
      {(control) =>
        question.type === "choice" ? (
          <Select {...control} value={value} onChange={({ target }) => onValue(target.value)} className="w-full">
            <option value="">Not said</option>
            {question.choices.map((choice) => (
              <option key={choice} value={choice}>
                {choice}
              </option>
            ))}
          </Select>
        ) : (
          <Input
            {...control}
            inputMode={question.type === "text" ? "text" : "decimal"}
            maxLength={200}
            value={value}
            onChange={({ target }) => onValue(target.value)}
          />
        )
      }
    </Field>
  );
}
