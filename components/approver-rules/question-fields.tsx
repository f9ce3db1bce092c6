"use client";
import { Plus } from "lucide-react";
import { useRef, useState, type SyntheticEvent } from "react";
import { questionTypes, ruleLimits, type QuestionType, type RuleQuestion } from "@/core/approver-rules/document";
import { problemsAt, type RuleProblem } from "@/core/approver-rules/problems";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { freeName, typedList } from "./rule-edits";

const typeWords: Readonly<Record<QuestionType, string>> = {
  money: "Amount of money",
  number: "Number",
  choice: "One of several",
  text: "Text",
};

interface QuestionFieldsProps {
  questions: readonly RuleQuestion[];
  problems: readonly RuleProblem[];
  readOnly: boolean;
  onChange: (questions: RuleQuestion[]) => void;
}

/** What is asked about each request: the columns of the table. */
export function QuestionFields({ questions, problems, readOnly, onChange }: QuestionFieldsProps) {
  const add = useRef<HTMLInputElement>(null);
  const [title, setTitle] = useState("");
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    add.current?.focus();
    if (title.trim() === "") return;
    onChange([...questions, { name: freeName(title, questions), title: title.trim(), type: "text" }]);
    setTitle("");
  };
  const put = (at: number, question: RuleQuestion) =>
    onChange(questions.map((each, index) => (index === at ? question : each)));
  return (
    <div className="flex flex-col gap-3">
      <ul aria-label="Questions" className="flex flex-col gap-3">
        {questions.map((question, at) => (
          <li key={question.name} className="rounded-card border border-hairline bg-surface p-3">
            <QuestionLine
              question={question}
              errorOf={(field) => problemsAt(problems, `questions[${String(at)}].${field}`)[0]?.message ?? null}
              readOnly={readOnly}
              onChange={(next) => put(at, next)}
              onRemove={() => {
                add.current?.focus();
                onChange(questions.filter((_, index) => index !== at));
              }}
            />
          </li>
        ))}
      </ul>
      {!readOnly && questions.length < ruleLimits.questions && (
        <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
          <Field label="Another question" className="min-w-0 flex-[0_1_280px]">
            {(control) => (
              <Input
                {...control}
                ref={add}
                placeholder="Cost centre"
                maxLength={ruleLimits.title}
                value={title}
                onChange={({ target }) => setTitle(target.value)}
              />
            )}
          </Field>
          <Button type="submit" icon={<Plus size={15} aria-hidden />} className="max-sm:min-h-11">
            Add it
          </Button>
        </form>
      )}
    </div>
  );
}

interface QuestionLineProps {
  question: RuleQuestion;
  errorOf: (field: string) => string | null;
  readOnly: boolean;
  onChange: (question: RuleQuestion) => void;
  onRemove: () => void;
}

function QuestionLine({ question, errorOf, readOnly, onChange, onRemove }: QuestionLineProps) {
  const { name, title, type } = question;
  const called = title === "" ? "this question" : title;
  return (
    <div className="grid gap-3 md:grid-cols-[1fr_1fr_1.4fr_auto] md:items-start">
      <Field label="Question" hint={`Steps give it as “${name}”.`} error={errorOf("title") ?? errorOf("name")}>
        {(control) => (
          <Input
            {...control}
            readOnly={readOnly}
            maxLength={ruleLimits.title}
            value={title}
            onChange={({ target }) => onChange({ ...question, title: target.value })}
          />
        )}
      </Field>
      <Field label="Answer">
        {(control) => (
          <Select
            {...control}
            disabled={readOnly}
            value={type}
            onChange={({ target }) => onChange(ofType(question, target.value))}
            className="w-full"
          >
            {questionTypes.map((each) => (
              <option key={each} value={each}>
                {typeWords[each]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {question.type === "money" ? (
        <Field label="Currency" hint="Amounts in another one fit no row." error={errorOf("currency")}>
          {(control) => (
            <Input
              {...control}
              readOnly={readOnly}
              maxLength={3}
              value={question.currency}
              onChange={({ target }) => onChange({ ...question, currency: target.value.toUpperCase() })}
            />
          )}
        </Field>
      ) : question.type === "choice" ? (
        <ChoiceField
          choices={question.choices}
          error={errorOf("choices")}
          readOnly={readOnly}
          onChoices={(choices) => onChange({ ...question, choices })}
        />
      ) : (
        <span className="max-md:hidden" />
      )}
      {!readOnly && (
        <Button
          size="dense"
          className="max-sm:min-h-11 md:mt-7"
          aria-label={`Remove the question ${called}`}
          onClick={onRemove}
        >
          Remove
        </Button>
      )}
    </div>
  );
}

function ChoiceField({
  choices,
  error,
  readOnly,
  onChoices,
}: {
  choices: readonly string[];
  error: string | null;
  readOnly: boolean;
  onChoices: (choices: string[]) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Field label="Choices" hint="Parted by commas." error={error}>
      {(control) => (
        <Input
          {...control}
          readOnly={readOnly}
          maxLength={4_000}
          value={typed ?? choices.join(", ")}
          onChange={({ target }) => {
            setTyped(target.value);
            onChoices(typedList(target.value).slice(0, ruleLimits.choices));
          }}
          onBlur={() => setTyped(null)}
        />
      )}
    </Field>
  );
}

/** The same question, answered otherwise. */
function ofType({ name, title }: RuleQuestion, type: string): RuleQuestion {
  switch (type) {
    case "money":
      return { name, title, type, currency: "EUR" };
    case "choice":
      return { name, title, type, choices: [] };
    case "number":
      return { name, title, type };
    default:
      return { name, title, type: "text" };
  }
}
