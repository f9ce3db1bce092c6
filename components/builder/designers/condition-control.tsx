"use client";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { sameJson } from "@/core/json-guard";
import { labelOfField, type DesignField } from "./design-field";
import { answersOf } from "./field-conditions";

/** Whether a question is always asked, or only when another one has a certain answer. */
export function ConditionControl({
  field,
  others,
  onChange,
}: {
  field: DesignField;
  others: readonly DesignField[];
  onChange: (field: DesignField) => void;
}) {
  const { when, ...always } = field;
  // Two questions that wait for each other would never be asked.
  const possible = others.filter((other) => answersOf(other) !== null && !waitsFor(other, field.key, others));
  const chosen = possible.find(({ key }) => key === when?.key);
  const answers = chosen === undefined ? [] : (answersOf(chosen) ?? []);
  if (possible.length === 0 && when === undefined) return null;
  const position = answers.findIndex(({ value }) => when !== undefined && sameJson(value, when.value));
  return (
    <div className="flex flex-col gap-3">
      <Field label="Asked">
        {(control) => (
          <Select
            {...control}
            value={when?.key ?? ""}
            onChange={(event) => {
              const other = possible.find(({ key }) => key === event.target.value);
              const [first] = other === undefined ? [] : (answersOf(other) ?? []);
              onChange(
                other === undefined || first === undefined
                  ? always
                  : { ...always, when: { key: other.key, value: first.value } },
              );
            }}
          >
            <option value="">Always</option>
            {when !== undefined && chosen === undefined && (
              <option value={when.key}>Only when {when.key} is answered so</option>
            )}
            {possible.map((other) => (
              <option key={other.key} value={other.key}>
                Only when “{labelOfField(other)}” is…
              </option>
            ))}
          </Select>
        )}
      </Field>
      {when !== undefined && chosen !== undefined && (
        <Field label={`Answer to “${labelOfField(chosen)}”`}>
          {(control) => (
            <Select
              {...control}
              value={String(position)}
              onChange={(event) => {
                const answer = answers[Number(event.target.value)];
                if (answer) onChange({ ...field, when: { key: chosen.key, value: answer.value } });
              }}
            >
              {position < 0 && <option value="-1">{JSON.stringify(when.value)} (no option any more)</option>}
              {answers.map(({ label }, at) => (
                <option key={label} value={String(at)}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
    </div>
  );
}

/** Whether a question depends on another, through however many. */
function waitsFor(field: DesignField, key: string, all: readonly DesignField[], seen = new Set<string>()): boolean {
  const on = field.when?.key;
  if (on === undefined || seen.has(on)) return false;
  if (on === key) return true;
  const next = all.find((each) => each.key === on);
  return next !== undefined && waitsFor(next, key, all, seen.add(on));
}
