"use client";
import { clsx } from "clsx";
import { ArrowDown, ArrowUp, Copy, Pencil, Trash2 } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { cellOf } from "@/core/approver-rules/decide";
import type { RuleCell, RuleQuestion, RuleRow } from "@/core/approver-rules/document";
import { problemsAt, type RuleProblem } from "@/core/approver-rules/problems";
import { VisibleText } from "@/components/ui/visible-text";
import { ConditionCell } from "./condition-cell";
import { ProblemLines } from "./problem-lines";

interface RowCardProps {
  id: number;
  at: number;
  count: number;
  row: RuleRow;
  columns: { gridTemplateColumns: string };
  lit: boolean;
  words: string;
  problems: readonly RuleProblem[];
  questions: readonly RuleQuestion[];
  readOnly: boolean;
  onCell: (name: string, cell: RuleCell | null) => void;
  onOpen: () => void;
  onMove: (to: number, button: string) => void;
  onDuplicate: () => void;
  onRemove: () => void;
}

/** A row: what it asks of each question, who decides by it, and what can be done with it. */
export function RowCard(props: RowCardProps) {
  const { id, at, count, row, columns, lit, words, problems, questions, readOnly } = props;
  const name = `Row ${String(at + 1)}`;
  const place = `rows[${String(at)}]`;
  const cellProblem = (question: string) => problemsAt(problems, `${place}.when.${question}`)[0]?.message ?? null;
  const others = problems.filter(({ path }) => !path.startsWith(`${place}.when.`));
  const onKeyDown = (event: KeyboardEvent) => {
    if (readOnly || !event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    const act = event.target instanceof HTMLElement ? (event.target.dataset["act"] ?? "open") : "open";
    props.onMove(event.key === "ArrowUp" ? at - 1 : at + 1, act);
  };
  return (
    <li
      data-row={id}
      aria-current={lit ? "true" : undefined}
      onKeyDown={onKeyDown}
      style={columns}
      className={clsx(
        "flex flex-col gap-3 rounded-card border border-hairline bg-surface p-3 md:grid md:items-start",
        lit && "outline-2 outline-ink",
      )}
    >
      <span className="figures pt-1.5 font-medium text-ink-2">
        <span className="md:sr-only">Row </span>
        {at + 1}
        {lit && <span className="md:sr-only"> (this fits)</span>}
      </span>
      {questions.map((question) => (
        <ConditionCell
          key={question.name}
          question={question}
          cell={cellOf(row, question)}
          label={`${name}, ${question.title}`}
          problem={cellProblem(question.name)}
          readOnly={readOnly}
          onChange={(cell) => props.onCell(question.name, cell)}
        />
      ))}
      <div className="min-w-0 pt-1.5 [overflow-wrap:anywhere]">
        <span className="text-label text-ink-3 md:hidden">Who decides</span>
        <p>
          <VisibleText text={words} />
        </p>
        <ProblemLines problems={others} />
      </div>
      <div className="flex w-36 items-center justify-end max-md:w-full max-md:justify-start">
        {!readOnly && (
          <>
            <Act act="open" label={`Change who decides by row ${String(at + 1)}`} onClick={props.onOpen}>
              <Pencil size={15} aria-hidden />
            </Act>
            <Act
              act="up"
              label={`Move row ${String(at + 1)} up`}
              off={at === 0}
              onClick={() => props.onMove(at - 1, "up")}
            >
              <ArrowUp size={15} aria-hidden />
            </Act>
            <Act
              act="down"
              label={`Move row ${String(at + 1)} down`}
              off={at === count - 1}
              onClick={() => props.onMove(at + 1, "down")}
            >
              <ArrowDown size={15} aria-hidden />
            </Act>
            <Act act="duplicate" label={`Duplicate row ${String(at + 1)}`} onClick={props.onDuplicate}>
              <Copy size={15} aria-hidden />
            </Act>
            <Act act="remove" label={`Remove row ${String(at + 1)}`} onClick={props.onRemove}>
              <Trash2 size={15} aria-hidden />
            </Act>
          </>
        )}
      </div>
    </li>
  );
}

function Act({
  act,
  label,
  off = false,
  onClick,
  children,
}: {
  act: string;
  label: string;
  off?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      data-act={act}
      aria-label={label}
      title={label}
      aria-disabled={off || undefined}
      onClick={() => {
        if (!off) onClick();
      }}
      className={clsx(
        "inline-flex size-7 shrink-0 items-center justify-center rounded-chip text-ink-2 hover:bg-sunken hover:text-ink max-md:size-11",
        off && "cursor-not-allowed opacity-40",
      )}
    >
      {children}
    </button>
  );
}
