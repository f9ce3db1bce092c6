"use client";
import { useId, useState } from "react";
import type { RuleCell, RuleQuestion } from "@/core/approver-rules/document";
import { comparable } from "@/core/approver-rules/read-value";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { typedList, typedNumber } from "./rule-edits";

interface ConditionCellProps {
  question: RuleQuestion;
  /** Null: any value. */
  cell: RuleCell | null;
  /** "Row 2, Amount": for screen readers. */
  label: string;
  problem: string | null;
  readOnly: boolean;
  onChange: (cell: RuleCell | null) => void;
}

const limits = { up_to: "up to", over: "over", from: "from", between: "between" } as const;
const lists = { one_of: "is", none_of: "is not" } as const;

/** What a row asks of one question: which comparison, and with what. */
export function ConditionCell({ question, cell, label, problem, readOnly, onChange }: ConditionCellProps) {
  const id = useId();
  const isLimit = question.type === "number" || question.type === "money";
  const kinds: Readonly<Record<string, string>> = isLimit ? limits : lists;
  const described = problem === null ? {} : { "aria-invalid": true as const, "aria-describedby": id };
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="text-label text-ink-3 md:hidden">{question.title}</span>
      <Select
        {...described}
        aria-label={`${label}: comparison`}
        disabled={readOnly}
        value={cell?.is ?? "any"}
        onChange={({ target }) => onChange(target.value === "any" ? null : begun(target.value, cell))}
        className="w-full"
      >
        <option value="any">any</option>
        {Object.entries(kinds).map(([is, words]) => (
          <option key={is} value={is}>
            {words}
          </option>
        ))}
      </Select>
      {cell !== null && <Limits {...{ question, cell, label, readOnly, onChange }} />}
      {problem !== null && (
        <p id={id} className="text-label font-medium text-failed">
          {problem}
        </p>
      )}
    </div>
  );
}

/** Another comparison keeps the numbers or values that were there. */
function begun(is: string, before: RuleCell | null): RuleCell {
  const values = before !== null && "values" in before ? before.values : [];
  const low = lowOf(before);
  switch (is) {
    case "from":
      return { is, from: low };
    case "over":
      return { is, over: low };
    case "between":
      return { is, from: low, to: Math.max(low, before?.is === "up_to" ? before.to : low) };
    case "one_of":
    case "none_of":
      return { is, values };
    default:
      return { is: "up_to", to: before?.is === "between" ? before.to : low };
  }
}

function lowOf(cell: RuleCell | null): number {
  switch (cell?.is) {
    case "from":
    case "between":
      return cell.from;
    case "over":
      return cell.over;
    case "up_to":
      return cell.to;
    default:
      return 0;
  }
}

function Limits({
  question,
  cell,
  label,
  readOnly,
  onChange,
}: Omit<ConditionCellProps, "cell" | "problem"> & { cell: RuleCell }) {
  const common = { readOnly };
  switch (cell.is) {
    case "from":
      return <Limit {...common} label={label} value={cell.from} onValue={(from) => onChange({ is: "from", from })} />;
    case "over":
      return <Limit {...common} label={label} value={cell.over} onValue={(over) => onChange({ is: "over", over })} />;
    case "up_to":
      return <Limit {...common} label={label} value={cell.to} onValue={(to) => onChange({ is: "up_to", to })} />;
    case "between":
      return (
        <span className="grid grid-cols-2 gap-1">
          <Limit
            {...common}
            label={`${label}, from`}
            value={cell.from}
            onValue={(from) => onChange({ ...cell, from })}
          />
          <Limit {...common} label={`${label}, to`} value={cell.to} onValue={(to) => onChange({ ...cell, to })} />
        </span>
      );
    case "one_of":
    case "none_of":
      return question.type === "choice" ? (
        <Choices
          {...common}
          label={label}
          choices={question.choices}
          values={cell.values}
          onValues={(values) => onChange({ ...cell, values })}
        />
      ) : (
        <Texts {...common} label={label} values={cell.values} onValues={(values) => onChange({ ...cell, values })} />
      );
  }
}

/** What is typed stays as it is typed; a number is taken as soon as it is one. */
function Limit({
  label,
  value,
  readOnly,
  onValue,
}: {
  label: string;
  value: number;
  readOnly: boolean;
  onValue: (value: number) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const isWrong = typed !== null && typedNumber(typed) === null;
  return (
    <Input
      aria-label={label}
      aria-invalid={isWrong || undefined}
      inputMode="decimal"
      readOnly={readOnly}
      maxLength={20}
      value={typed ?? value.toLocaleString("en", { maximumFractionDigits: 10 })}
      onChange={({ target }) => {
        setTyped(target.value);
        const number = typedNumber(target.value);
        if (number !== null) onValue(number);
      }}
      onBlur={() => setTyped(null)}
      className="figures"
    />
  );
}

function Texts({
  label,
  values,
  readOnly,
  onValues,
}: {
  label: string;
  values: readonly string[];
  readOnly: boolean;
  onValues: (values: string[]) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Input
      aria-label={`${label}, parted by commas`}
      placeholder="North, South"
      readOnly={readOnly}
      maxLength={2_000}
      value={typed ?? values.join(", ")}
      onChange={({ target }) => {
        setTyped(target.value);
        onValues(typedList(target.value));
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

function Choices({
  label,
  choices,
  values,
  readOnly,
  onValues,
}: {
  label: string;
  choices: readonly string[];
  values: readonly string[];
  readOnly: boolean;
  onValues: (values: string[]) => void;
}) {
  const chosen = new Set(values.map(comparable));
  return (
    <span role="group" aria-label={label} className="flex flex-wrap gap-1">
      {choices.map((choice) => {
        const isChosen = chosen.has(comparable(choice));
        return (
          <button
            key={choice}
            type="button"
            aria-pressed={isChosen}
            disabled={readOnly}
            onClick={() =>
              onValues(choices.filter((each) => (each === choice ? !isChosen : chosen.has(comparable(each)))))
            }
            className="min-h-7 rounded-chip border border-control px-2 text-label hover:border-ink-2 aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-ground max-sm:min-h-11"
          >
            {choice}
          </button>
        );
      })}
    </span>
  );
}
