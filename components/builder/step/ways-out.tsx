"use client";
import { ArrowRight, Plus, X } from "lucide-react";
import { useState } from "react";
import type { Handle } from "@/core/workflow/step-definition";
import { RowButton } from "@/components/builder/fields/row-button";
import { useBuilderStore } from "@/components/builder/state/use-builder";
import { Select } from "@/components/ui/select";
import { handlesOf } from "@/core/workflow/edit/node-handles";
import { stepDefinitions } from "@/steps/definitions";
import type { LocatedNode } from "@/components/builder/state/locate-node";
import { useStepForm } from "@/components/builder/state/step-form";
import { connectTargets } from "./connect-targets";

/** Where the run goes from here, way by way: to read, to follow, and to connect without drawing. */
export function WaysOut({ only }: { only?: string }) {
  const { located } = useStepForm();
  const shown = waysOut(located, only === "error").filter(({ id }) => only === undefined || id === only);
  return (
    <ul className="flex flex-col gap-3">
      {shown.map((handle) => (
        <li key={handle.id}>
          <Way handle={handle} />
        </li>
      ))}
    </ul>
  );
}

/** The ways out worth showing: the error path only once something is connected to it, since "When it fails" offers it. */
export function waysOut({ node, scope }: LocatedNode, withError = false): Handle[] {
  const drawn = scope.edges.some((edge) => edge.from === node.id && edge.case === "error");
  return handlesOf(node, stepDefinitions).filter(({ id }) => id !== "error" || drawn || withError);
}

function Way({ handle }: { handle: Handle }) {
  const { node, located, readOnly } = useStepForm();
  const store = useBuilderStore();
  const [adding, setAdding] = useState(false);
  const targets = located.scope.edges
    .filter((edge) => edge.from === node.id && edge.case === handle.id)
    .map(({ to }) => to);
  const possible = readOnly ? [] : connectTargets(located).filter(({ id }) => !targets.includes(id));
  const titleOf = (id: string) => located.scope.nodes.find((each) => each.id === id)?.name ?? id;
  return (
    <div className="flex flex-col gap-1">
      <p className="flex min-h-7 items-center justify-between text-label text-ink-2">
        {handle.label}
        {targets.length > 0 && possible.length > 0 && (
          <RowButton
            aria-label={`Connect ${handle.label} to one more step`}
            aria-pressed={adding}
            onClick={() => setAdding(!adding)}
          >
            <Plus size={15} aria-hidden />
          </RowButton>
        )}
      </p>
      {targets.map((to) => (
        <span key={to} className="flex h-8 items-center gap-1 rounded-control bg-sunken pl-2.5">
          <ArrowRight size={14} aria-hidden className="shrink-0 text-ink-3" />
          <button
            type="button"
            onClick={() => store.getState().openStep(to)}
            className="min-w-0 flex-1 truncate text-left font-medium hover:underline"
          >
            {titleOf(to)}
          </button>
          {!readOnly && (
            <RowButton
              aria-label={`Disconnect ${titleOf(to)} from ${handle.label}`}
              onClick={() =>
                store.getState().apply([{ op: "disconnect", from: node.id, case: handle.id, to }], {
                  say: `${titleOf(to)} disconnected`,
                })
              }
            >
              <X size={15} aria-hidden />
            </RowButton>
          )}
        </span>
      ))}
      {targets.length === 0 && readOnly && <p className="text-dense">Nothing follows.</p>}
      {possible.length > 0 && (targets.length === 0 || adding) && (
        <Select
          aria-label={`Connect ${handle.label} to`}
          value=""
          onChange={(event) => {
            const to = event.target.value;
            if (to === "") return;
            setAdding(false);
            store.getState().apply([{ op: "connect", from: node.id, case: handle.id, to }], {
              say: `${handle.label} leads to ${titleOf(to)}`,
            });
          }}
        >
          <option value="">{targets.length === 0 ? "Connect to…" : "Side by side with…"}</option>
          {possible.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name ?? each.id}
            </option>
          ))}
        </Select>
      )}
    </div>
  );
}
