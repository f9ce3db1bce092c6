"use client";
import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { emptyItem, type FormDraft } from "./form-entry";
import type { QuestionProps } from "./question-props";

interface FieldListProps extends QuestionProps {
  items: readonly FormDraft[];
  draw: (props: QuestionProps) => ReactNode;
}

/** The same questions as often as there is something to say: entries are added, taken away and put in another order by buttons. */
export function FieldList(props: FieldListProps) {
  const { field, path, items, problemAt, locale, onChange, draw } = props;
  const id = useId();
  const error = problemAt(path);
  const list = useRef<HTMLFieldSetElement>(null);
  const next = useRef<string | null>(null);
  useEffect(() => {
    if (next.current !== null) list.current?.querySelector<HTMLElement>(next.current)?.focus();
    next.current = null;
  });
  const isFull = field.maxItems !== null && items.length >= field.maxItems;
  const put = (changed: readonly FormDraft[], focus: string) => {
    next.current = focus;
    onChange([...changed], path);
  };
  const entry = (at: number) => `[data-entry="${String(at)}"]`;
  const move = (at: number, by: -1 | 1) => {
    const moved = [...items];
    moved.splice(at + by, 0, ...moved.splice(at, 1));
    const isAtEnd = by === -1 ? at + by === 0 : at + by === items.length - 1;
    const side = (by === -1) === isAtEnd ? "down" : "up";
    put(moved, `${entry(at + by)} [data-move="${side}"]`);
  };
  const remove = (at: number) => {
    const left = items.filter((_, position) => position !== at);
    put(left, left.length === 0 ? "[data-add]" : `${entry(Math.min(at, left.length - 1))} [data-remove]`);
  };
  return (
    <fieldset
      ref={list}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
      className="flex flex-col gap-3"
    >
      <legend className="mb-1.5 text-dense font-medium">
        {field.label}
        {!field.required && <span className="ml-1.5 font-normal text-ink-3">optional</span>}
      </legend>
      {field.hint && <p className="text-label text-ink-3">{field.hint}</p>}
      {items.map((item, at) => {
        const name = `Entry ${String(at + 1)}`;
        return (
          <fieldset
            // Entries have no name of their own; what stands in them is all held by the form.
            key={at}
            data-entry={at}
            className="flex flex-col gap-4 rounded-control border border-hairline p-4 pt-2"
          >
            <legend className="sr-only">{`${field.label}: ${name.toLowerCase()}`}</legend>
            <div className="flex items-center justify-between gap-2">
              <span aria-hidden className="text-label text-ink-2">
                {name}
              </span>
              <span className="flex gap-1">
                <ListButton
                  label={`Move ${name.toLowerCase()} up`}
                  data-move="up"
                  disabled={at === 0}
                  onClick={() => move(at, -1)}
                >
                  <ArrowUp size={15} aria-hidden />
                </ListButton>
                <ListButton
                  label={`Move ${name.toLowerCase()} down`}
                  data-move="down"
                  disabled={at === items.length - 1}
                  onClick={() => move(at, 1)}
                >
                  <ArrowDown size={15} aria-hidden />
                </ListButton>
                <ListButton label={`Remove ${name.toLowerCase()}`} data-remove="" onClick={() => remove(at)}>
                  <X size={15} aria-hidden />
                </ListButton>
              </span>
            </div>
            {field.fields.map((inner) =>
              draw({
                field: inner,
                path: `${path}[${String(at)}]${inner.name === "" ? "" : `.${inner.name}`}`,
                value: item[inner.name] ?? "",
                problemAt,
                locale,
                onChange: (value, changed) =>
                  onChange(
                    items.map((each, position) => (position === at ? { ...each, [inner.name]: value } : each)),
                    changed,
                  ),
              }),
            )}
          </fieldset>
        );
      })}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          size="dense"
          icon={<Plus size={15} aria-hidden />}
          data-add=""
          name={path}
          className="max-sm:h-11"
          disabled={isFull}
          reason={`At most ${String(field.maxItems)} can be given.`}
          aria-label={`Add to ${field.label}`}
          onClick={() =>
            put([...items, emptyItem(field, locale)], `${entry(items.length)} :is(input, select, textarea)`)
          }
        >
          Add
        </Button>
        <span className="text-label text-ink-3">{countWords(field)}</span>
      </div>
      {error !== undefined && (
        <p id={`${id}-error`} role="alert" className="text-label font-medium text-failed">
          {error}
        </p>
      )}
    </fieldset>
  );
}

function ListButton({ label, ...rest }: { label: string } & Parameters<typeof Button>[0]) {
  return (
    <Button
      {...rest}
      look="quiet"
      size="dense"
      aria-label={label}
      title={label}
      className="px-1.5 max-sm:h-11 max-sm:min-w-11"
    />
  );
}

function countWords({ minItems, maxItems }: { minItems: number; maxItems: number | null }): string {
  if (minItems > 1 && maxItems !== null) return `${String(minItems)} to ${String(maxItems)}`;
  if (maxItems !== null) return `At most ${String(maxItems)}`;
  return minItems > 1 ? `At least ${String(minItems)}` : "";
}
