"use client";
import { clsx } from "clsx";
import { Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { refuses, ruleLimits, type RuleOtherwise, type RuleRow } from "@/core/approver-rules/document";
import { problemsAt, type RuleProblem } from "@/core/approver-rules/problems";
import { outcomeWords, questionWords } from "@/core/approver-rules/words";
import { Button } from "@/components/ui/button";
import { VisibleText } from "@/components/ui/visible-text";
import { OutcomeDialog } from "./outcome-dialog";
import { ProblemLines } from "./problem-lines";
import { RowCard } from "./row-card";
import { withCell, type RuleEdit, type RuleWork } from "./rule-edits";

interface RuleRowsProps {
  state: RuleWork;
  problems: readonly RuleProblem[];
  nameOf: (ref: string) => string;
  names: Readonly<Record<string, string>>;
  /** The row that fits what was asked, from 1; 0 is the last one; null where nothing was asked. */
  lit: number | null;
  readOnly: boolean;
  onEdit: (edit: RuleEdit) => void;
}

/** The rows, first to last: on a phone each is a card. Alt with an arrow moves the row that has the focus. */
export function RuleRows({ state, problems, nameOf, names, lit, readOnly, onEdit }: RuleRowsProps) {
  const { document: table, keys } = state;
  const { questions, rows, otherwise } = table;
  const [opened, setOpened] = useState<number | "otherwise" | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  /** What has the focus once the rows are drawn anew: a button of the row with this key. */
  const focusNext = useRef<{ key: number; button: string } | null>(null);
  useEffect(() => {
    const { key, button } = focusNext.current ?? {};
    focusNext.current = null;
    if (key === undefined) return;
    list.current?.querySelector<HTMLElement>(`[data-row="${String(key)}"] [data-act="${button ?? ""}"]`)?.focus();
  }, [keys]);
  const columns = {
    gridTemplateColumns: `2rem repeat(${String(questions.length)}, minmax(0, 1fr)) minmax(0, 1.6fr) auto`,
  };
  const move = (at: number, to: number, button: string) => {
    const key = keys[at];
    if (key === undefined || to < 0 || to >= rows.length) return;
    focusNext.current = { key, button };
    onEdit({ what: "move", at, to });
  };
  const remove = (at: number) => {
    const key = keys[at + 1] ?? keys[at - 1];
    if (key === undefined) add.current?.focus();
    else focusNext.current = { key, button: "remove" };
    onEdit({ what: "remove", at });
  };
  const outcomeAt = (place: number | "otherwise"): RuleOtherwise | undefined =>
    place === "otherwise" ? otherwise : rows[place];
  const put = (place: number | "otherwise", outcome: RuleOtherwise) => {
    setOpened(null);
    if (place === "otherwise") onEdit({ what: "otherwise", otherwise: outcome });
    else if (!refuses(outcome)) onEdit({ what: "row", at: place, row: { when: rows[place]?.when ?? {}, ...outcome } });
  };
  const shown = opened === null ? undefined : outcomeAt(opened);
  return (
    <div className="flex flex-col gap-3">
      <div style={columns} aria-hidden className="hidden gap-3 px-3 text-label font-medium text-ink-3 md:grid">
        <span />
        {questions.map((question) => (
          <span key={question.name} className="truncate">
            {questionWords(question)}
          </span>
        ))}
        <span>Who decides</span>
        <span className="w-36" />
      </div>
      <ol ref={list} aria-label="Rows, the first that fits decides" className="flex flex-col gap-2">
        {rows.map((row, at) => (
          <RowCard
            key={keys[at]}
            id={keys[at] ?? at}
            at={at}
            count={rows.length}
            row={row}
            columns={columns}
            lit={lit === at + 1}
            words={outcomeWords(row, nameOf)}
            problems={problemsAt(problems, `rows[${String(at)}]`)}
            questions={questions}
            readOnly={readOnly}
            onCell={(name, cell) => onEdit({ what: "row", at, row: withCell(row, name, cell) })}
            onOpen={() => setOpened(at)}
            onMove={(to, button) => move(at, to, button)}
            onDuplicate={() => onEdit({ what: "duplicate", at })}
            onRemove={() => remove(at)}
          />
        ))}
      </ol>
      {!readOnly && (
        <Button
          ref={add}
          className="self-start max-sm:min-h-11"
          icon={<Plus size={15} aria-hidden />}
          disabled={rows.length >= ruleLimits.rows}
          reason={`A table has at most ${String(ruleLimits.rows)} rows.`}
          onClick={() => onEdit({ what: "add" })}
        >
          Add a row
        </Button>
      )}
      <section
        aria-label="Otherwise"
        className={clsx(
          "flex flex-wrap items-center justify-between gap-3 rounded-card border border-hairline bg-sunken p-3",
          lit === 0 && "outline-2 outline-ink",
        )}
      >
        <div className="min-w-0 flex-[1_1_220px] [overflow-wrap:anywhere]">
          <p className="font-medium">Otherwise{lit === 0 && " (this fits)"}</p>
          <p className="text-ink-2">
            <VisibleText text={outcomeWords(otherwise, nameOf)} />
          </p>
          <ProblemLines problems={problemsAt(problems, "otherwise")} />
        </div>
        {!readOnly && (
          <Button size="dense" className="max-sm:min-h-11" onClick={() => setOpened("otherwise")}>
            Change who decides otherwise
          </Button>
        )}
      </section>
      {opened !== null && shown !== undefined && (
        <OutcomeDialog
          title={opened === "otherwise" ? "Who decides otherwise" : `Who decides by row ${String(opened + 1)}`}
          outcome={withoutWhen(shown)}
          mayRefuse={opened === "otherwise"}
          names={names}
          onClose={() => setOpened(null)}
          onDone={(outcome) => put(opened, outcome)}
        />
      )}
    </div>
  );
}

function withoutWhen(outcome: RuleOtherwise | RuleRow): RuleOtherwise {
  if (!("when" in outcome)) return outcome;
  const { when: _when, ...rest } = outcome;
  return rest;
}
