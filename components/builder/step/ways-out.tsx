"use client";
import { ArrowRight, X } from "lucide-react";
import type { Handle } from "@/core/spec/step-definition";
import { RowButton } from "@/components/builder/fields/row-button";
import { useBuilderStore } from "@/components/builder/state/use-builder";
import { Select } from "@/components/ui/select";
import { handlesOf } from "@/core/spec/edit/node-handles";
import { stepDefinitions } from "@/steps/definitions";
import { connectTargets } from "./connect-targets";
import { useStepForm } from "./step-form";

/** Where the run goes from here, way by way: to read, to follow, and to connect without drawing. */
export function WaysOut({ only }: { only?: string }) {
  const { node, located } = useStepForm();
  const handles = handlesOf(node, stepDefinitions);
  const drawn = new Set(located.scope.edges.filter((edge) => edge.from === node.id).map((edge) => edge.case));
  const shown = handles.filter(({ id }) => (only === undefined ? id !== "error" || drawn.has("error") : id === only));
  if (shown.length === 0) return null;
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

function Way({ handle }: { handle: Handle }) {
  const { node, located, readOnly } = useStepForm();
  const store = useBuilderStore();
  const targets = located.scope.edges.filter((edge) => edge.from === node.id && edge.case === handle.id).map(({ to }) => to);
  const possible = readOnly ? [] : connectTargets(located).filter(({ id }) => !targets.includes(id));
  const titleOf = (id: string) => located.scope.nodes.find((each) => each.id === id)?.name ?? id;
  return (
    <div className="flex flex-col gap-1">
      <p className="text-label text-ink-2">{handle.label}</p>
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
                store
                  .getState()
                  .apply([{ op: "disconnect", from: node.id, case: handle.id, to }], { say: `${titleOf(to)} disconnected` })
              }
            >
              <X size={15} aria-hidden />
            </RowButton>
          )}
        </span>
      ))}
      {targets.length === 0 && readOnly && <p className="text-dense">Nothing follows.</p>}
      {possible.length > 0 && (
        <Select
          aria-label={`Connect ${handle.label} to`}
          value=""
          onChange={(event) => {
            const to = event.target.value;
            if (to === "") return;
            store
              .getState()
              .apply([{ op: "connect", from: node.id, case: handle.id, to }], { say: `${handle.label} leads to ${titleOf(to)}` });
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
