"use client";
import { useQuery } from "@tanstack/react-query";
import { isJsonObject, ownField } from "@/core/json-guard";
import { questionWords } from "@/core/approver-rules/words";
import type { RuleQuestion } from "@/core/approver-rules/document";
import { ExpressionEditor } from "@/components/builder/expression/expression-editor";
import { useTRPC } from "@/components/trpc";
import { Select } from "@/components/ui/select";
import { elementProps, textOf, type ControlProps } from "./control-props";

/** A table of approver rules, and what each of its questions is answered with. */
export function RuleTableControl({ names, value, onChange }: ControlProps<"rule_table">) {
  const api = useTRPC();
  const list = useQuery(api.approverRules.list.queryOptions());
  const rules = isJsonObject(value) ? value : {};
  const table = textOf(ownField(rules, "table"));
  const given = ownField(rules, "values");
  const values = isJsonObject(given) ? given : {};
  const chosen = useQuery(api.approverRules.get.queryOptions({ key: table }, { enabled: table !== "" }));
  const items = (list.data?.items ?? []).filter((item) => item.live_version !== null);
  const questions = chosen.data?.live?.questions ?? [];
  const put = (question: string, template: string) => onChange({ table, values: { ...values, [question]: template } });
  return (
    <div className="flex flex-col gap-3">
      <Select
        {...elementProps(names)}
        value={table}
        onChange={({ target }) => onChange({ table: target.value, values: {} })}
      >
        <option value="">Choose a table…</option>
        {table !== "" && !items.some(({ key }) => key === table) && (
          <option value={table}>{list.isSuccess ? `${table} (not live)` : table}</option>
        )}
        {items.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </Select>
      {list.isSuccess && items.length === 0 && (
        <p className="text-label text-ink-2">
          No table is live yet. Make one under Approver rules, in your account menu.
        </p>
      )}
      {list.isError && (
        <p role="alert" className="text-label text-failed">
          The tables did not load. {list.error.message}
        </p>
      )}
      {questions.map((question) => (
        <Answer
          key={question.name}
          id={`${names.id}-${question.name}`}
          question={question}
          value={textOf(ownField(values, question.name))}
          onValue={(template) => put(question.name, template)}
        />
      ))}
    </div>
  );
}

function Answer({
  id,
  question,
  value,
  onValue,
}: {
  id: string;
  question: RuleQuestion;
  value: string;
  onValue: (template: string) => void;
}) {
  return (
    <div className="flex flex-col gap-1">
      <span id={id} className="text-dense font-medium">
        {questionWords(question)}
      </span>
      <ExpressionEditor kind="template" label={questionWords(question)} value={value} onChange={onValue} />
      {question.type === "money" && (
        <span className="text-label text-ink-3">{`With its currency, such as \${input.${question.name}} ${question.currency}.`}</span>
      )}
    </div>
  );
}
