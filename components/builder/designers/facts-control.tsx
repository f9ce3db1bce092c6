"use client";
import { X } from "lucide-react";
import { ExpressionEditor } from "@/components/builder/expression/expression-editor";
import type { ControlProps } from "@/components/builder/fields/control-props";
import { AddButton, listOf } from "@/components/builder/fields/list-controls";
import { textOf } from "@/components/builder/fields/control-props";
import { RowButton } from "@/components/builder/fields/row-button";
import { useStepForm } from "@/components/builder/state/step-form";
import { Input } from "@/components/ui/input";
import { SortableList } from "@/components/builder/fields/sortable-list";
import { readFacts, type Fact } from "./facts";

/** What the decider reads under the headline: label and value, in this order. */
export function FactsControl({ names, path, value, onChange }: ControlProps<"facts">) {
  const { set } = useStepForm();
  const raw = listOf(value);
  const facts = readFacts(value);
  const put = (next: readonly unknown[]) => onChange(next.length === 0 ? undefined : next);
  // Only the touched line is rewritten, so that two people can edit two lines.
  const edit = (position: number, fact: Fact) => set([...path, position], fact);
  return (
    <div id={names.id} role="group" aria-labelledby={names.labelId} className="flex flex-col gap-2">
      <SortableList label={names.label} items={facts} nameOf={nameOfFact} onReorder={(next) => put(next)}>
        {(fact, position, handle) => (
          <div data-field={`context.fields[${position}]`} className="flex flex-col gap-1 rounded-control bg-sunken p-2">
            <div className="flex items-center gap-1">
              {handle}
              <Input
                aria-label={`Label of fact ${position + 1}`}
                placeholder="Label"
                className="h-8 font-medium"
                value={fact.label}
                onChange={(event) => edit(position, { ...fact, label: event.target.value })}
              />
              <RowButton
                aria-label={`Remove ${nameOfFact(fact, position)}`}
                onClick={() => put(raw.filter((_, at) => at !== position))}
              >
                <X size={15} aria-hidden />
              </RowButton>
            </div>
            <ExpressionEditor
              kind="template"
              label={`Value of fact ${position + 1}`}
              placeholder="${input.amount}"
              value={textOf(fact.value)}
              onChange={(text) => edit(position, { ...fact, value: text })}
            />
          </div>
        )}
      </SortableList>
      <AddButton onClick={() => put([...raw, { label: "", value: "" }])}>Add a fact</AddButton>
    </div>
  );
}

function nameOfFact(fact: Fact, position: number): string {
  return fact.label === "" ? `fact ${position + 1}` : fact.label;
}
