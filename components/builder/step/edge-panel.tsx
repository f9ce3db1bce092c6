"use client";
import { ArrowDown, Trash2 } from "lucide-react";
import type { SpecEdge } from "@/core/workflow/document";
import { handlesOf } from "@/core/workflow/edit/node-handles";
import { reconnect } from "@/core/workflow/edit/compose";
import { useBuilder, useBuilderStore } from "@/components/builder/state/use-builder";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { stepDefinitions } from "@/steps/definitions";
import type { Scope } from "@/components/builder/state/locate-node";
import { connectTargets } from "./connect-targets";

/** A connection: where it comes from, by which way out, and where it leads. */
export function EdgePanel({ edge, scope }: { edge: SpecEdge; scope: Scope }) {
  const store = useBuilderStore();
  const readOnly = useBuilder((state) => state.readOnly);
  const from = scope.nodes.find(({ id }) => id === edge.from);
  const handles = from === undefined ? [] : handlesOf(from, stepDefinitions);
  const titleOf = (id: string) => scope.nodes.find((node) => node.id === id)?.name ?? id;
  const wayName = handles.find(({ id }) => id === edge.case)?.label ?? edge.case;
  const targets = from === undefined ? [] : connectTargets({ node: from, scope });
  const move = (next: { case?: string; to?: string }) => {
    const { document, apply, select } = store.getState();
    apply(reconnect(document, edge, next), { say: "Connection changed" });
    select([], [`${edge.from}:${next.case ?? edge.case}:${next.to ?? edge.to}`]);
  };
  return (
    <div className="flex flex-col gap-5 p-4">
      <h2 className="text-reading font-semibold">Connection</h2>
      <Step title={titleOf(edge.from)} label="From" onOpen={() => store.getState().openStep(edge.from)} />
      {readOnly || handles.length < 2 ? (
        <p className="flex items-center gap-2">
          <ArrowDown size={15} aria-hidden className="text-ink-3" />
          <span className="text-dense text-ink-2">Way out:</span> {wayName}
        </p>
      ) : (
        <Field label="Way out">
          {(control) => (
            <Select {...control} value={edge.case} onChange={(event) => move({ case: event.target.value })}>
              {!handles.some(({ id }) => id === edge.case) && <option value={edge.case}>{edge.case}</option>}
              {handles.map((handle) => (
                <option key={handle.id} value={handle.id}>
                  {handle.label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {readOnly ? (
        <Step title={titleOf(edge.to)} label="To" onOpen={() => store.getState().openStep(edge.to)} />
      ) : (
        <>
          <Field label="To">
            {(control) => (
              <Select {...control} value={edge.to} onChange={(event) => move({ to: event.target.value })}>
                {!targets.some(({ id }) => id === edge.to) && <option value={edge.to}>{titleOf(edge.to)}</option>}
                {targets.map((node) => (
                  <option key={node.id} value={node.id}>
                    {node.name ?? node.id}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Button
            className="self-start"
            icon={<Trash2 size={15} aria-hidden />}
            onClick={() => {
              const { apply, select } = store.getState();
              apply([{ op: "disconnect", from: edge.from, case: edge.case, to: edge.to }], {
                say: "Connection deleted",
              });
              select([]);
            }}
          >
            Delete connection
          </Button>
        </>
      )}
    </div>
  );
}

function Step({ label, title, onOpen }: { label: string; title: string; onOpen: () => void }) {
  return (
    <div className="flex flex-col gap-1">
      <p className="text-dense font-medium">{label}</p>
      <button
        type="button"
        onClick={onOpen}
        className="flex h-9 items-center rounded-control bg-sunken px-3 text-left font-medium hover:underline"
      >
        <span className="truncate">{title}</span>
      </button>
    </div>
  );
}
