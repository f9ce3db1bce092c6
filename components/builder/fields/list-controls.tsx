"use client";
import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { ExpressionEditor } from "@/components/builder/expression/expression-editor";
import { elementProps, textOf, type ControlProps } from "./control-props";
import { RowButton } from "./row-button";

/** Plain texts, one below the other. */
export function TextsControl({ control, names, value, onChange }: ControlProps<"texts">) {
  const texts = listOf(value);
  return (
    <Entries label={names.label} add={control.add} entries={texts} onChange={onChange}>
      {(text, position, replace) => (
        <Input
          {...(position === 0 ? elementProps(names) : {})}
          aria-label={`${names.label} ${position + 1}`}
          value={textOf(text)}
          placeholder={control.placeholder}
          className="font-mono text-dense"
          onChange={(event) => replace(event.target.value)}
        />
      )}
    </Entries>
  );
}

/** Bare expressions, one below the other. */
export function ExpressionsControl({ control, names, value, onChange }: ControlProps<"expressions">) {
  return (
    <Entries label={names.label} add={control.add} entries={listOf(value)} onChange={onChange}>
      {(text, position, replace) => (
        <ExpressionEditor
          kind="expression"
          label={`${names.label} ${position + 1}`}
          {...(position === 0 ? { id: names.id } : {})}
          value={textOf(text)}
          onChange={replace}
        />
      )}
    </Entries>
  );
}

interface EntriesProps {
  label: string;
  add: string;
  /** What a new one says at first. */
  fresh?: string;
  /** No more are offered then. */
  most?: number;
  entries: readonly unknown[];
  onChange: (entries: unknown) => void;
  children: (entry: unknown, position: number, replace: (entry: unknown) => void) => React.ReactNode;
}

/** Entries of a list, one below the other, each with a button that takes it away. */
export function Entries({ label, add, fresh = "", most, entries, onChange, children }: EntriesProps) {
  const put = (next: unknown[]) => onChange(next.length === 0 ? undefined : next);
  return (
    <div className="flex flex-col gap-2">
      {entries.length > 0 && (
        <ol className="flex flex-col gap-2" aria-label={label}>
          {entries.map((entry, position) => (
            <li key={position} className="flex items-start gap-1">
              <div className="min-w-0 flex-1">
                {children(entry, position, (next) => put(entries.map((each, at) => (at === position ? next : each))))}
              </div>
              <RowButton
                aria-label={`Remove ${label.toLowerCase()} ${position + 1}`}
                className="mt-1"
                onClick={() => put(entries.filter((_, at) => at !== position))}
              >
                <X size={15} aria-hidden />
              </RowButton>
            </li>
          ))}
        </ol>
      )}
      {(most === undefined || entries.length < most) && (
        <AddButton onClick={() => put([...entries, fresh])}>{add}</AddButton>
      )}
    </div>
  );
}

export function AddButton({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <Button look="quiet" size="dense" className="self-start" icon={<Plus size={15} aria-hidden />} onClick={onClick}>
      {children}
    </Button>
  );
}

export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}
