"use client";
import { X } from "lucide-react";
import { useState } from "react";
import type { SpecNode } from "@/core/workflow/document";
import type { EditableDocument, Operation } from "@/core/workflow/edit/operation";
import { Select } from "@/components/ui/select";
import { useBuilderStore } from "@/components/builder/state/use-builder";
import { locateNode, type LocatedNode } from "@/components/builder/state/locate-node";
import { useStepForm } from "@/components/builder/state/step-form";
import { SortableList } from "./sortable-list";
import { caseProblem, removeCase, renameCase } from "./case-edits";
import { elementProps, textOf, type ControlProps } from "./control-props";
import { AddButton, listOf } from "./list-controls";
import { NameInput } from "./name-input";
import { RowButton } from "./row-button";

/** The answers of a decision: add, rename, reorder, remove. Connections follow. */
export function CasesControl({ names, value, onChange }: ControlProps<"cases">) {
  const { node, located } = useStepForm();
  const store = useBuilderStore();
  const [adding, setAdding] = useState(false);
  const cases = listOf(value).map(textOf);
  const edit = (make: (document: EditableDocument, node: SpecNode) => Operation[], say: string) => {
    const { document, apply } = store.getState();
    const at = locateNode(document.spec, node.id);
    if (at) apply(make(document, at.node), { say });
  };
  return (
    <div className="flex flex-col gap-2">
      <SortableList label={names.label} items={cases} nameOf={nameOfCase} onReorder={onChange}>
        {(label, position, handle) => (
          <div className="flex items-center gap-1 rounded-control bg-sunken p-1.5">
            {handle}
            <NameInput
              label={`Answer ${position + 1}`}
              name={label}
              problemOf={(name) => (name === label ? null : caseProblem(cases, name))}
              onName={(name) => {
                if (name !== label)
                  edit((document, at) => renameCase(document, at, label, name), `${label} is ${name} now`);
              }}
            />
            <span className="max-w-28 truncate text-label text-ink-3">{targetOf(located, label)}</span>
            <RowButton
              aria-label={`Remove answer ${label}`}
              onClick={() => edit((_, at) => removeCase(at, label), `Answer ${label} removed`)}
            >
              <X size={15} aria-hidden />
            </RowButton>
          </div>
        )}
      </SortableList>
      {adding && (
        <NameInput
          label="New answer"
          name=""
          autoFocus
          problemOf={(name) => (name === "" ? null : caseProblem(cases, name))}
          onName={(name) => {
            setAdding(false);
            if (name !== "") onChange([...cases, name]);
          }}
        />
      )}
      <span {...(cases.length === 0 ? elementProps(names) : {})} tabIndex={-1} className="flex">
        <AddButton onClick={() => setAdding(true)}>Add an answer</AddButton>
      </span>
    </div>
  );
}

/** Where every other answer goes: along one of the answers, or a way out of its own. */
export function DefaultCaseControl({ names, value, onChange }: ControlProps<"default_case">) {
  const { node, located } = useStepForm();
  const cases = listOf(node["cases"]).map(textOf);
  const chosen = textOf(value);
  const target = targetOf(located, "default");
  return (
    <Select
      {...elementProps(names)}
      value={chosen}
      onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
    >
      <option value="">{`Takes "Anything else" ${target === "" ? "(not connected yet)" : target}`}</option>
      {chosen !== "" && !cases.includes(chosen) && <option value={chosen}>{`${chosen} (not there)`}</option>}
      {cases.map((label) => (
        <option key={label} value={label}>{`Goes the way of "${label}"`}</option>
      ))}
    </Select>
  );
}

function nameOfCase(label: string): string {
  return `answer ${label}`;
}

/** "→ Screening" */
function targetOf({ node, scope }: LocatedNode, label: string): string {
  const targets = scope.edges.filter((edge) => edge.from === node.id && edge.case === label);
  const titles = targets.map(({ to }) => scope.nodes.find(({ id }) => id === to)?.name ?? to);
  return titles.length === 0 ? "" : `→ ${titles.join(", ")}`;
}
