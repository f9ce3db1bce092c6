"use client";
import { Zap } from "lucide-react";
import { useState } from "react";
import { useBuilder } from "@/components/builder/state/use-builder";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { triggerTitle } from "@/core/workflow/trigger-title";
import { triggerDefinitions } from "@/triggers/definitions";
import { AddTriggerMenu } from "./add-trigger-menu";
import { TriggerCard } from "./trigger-card";
import { useTriggerEdits } from "./use-trigger-edits";
import { useTriggersState } from "./use-triggers-state";

/** What starts the workflow: one card per trigger. Edits go into the draft. */
export function TriggersTab() {
  const triggers = useBuilder((state) => state.document.triggers);
  const readOnly = useBuilder((state) => state.readOnly);
  const edits = useTriggerEdits();
  const state = useTriggersState();
  const [open, setOpen] = useState<string | null>(null);
  const leaving = state.data?.leaving ?? [];
  return (
    <div className="mx-auto flex w-full max-w-[840px] flex-col gap-4 pb-12">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-ink-2">
          What starts this workflow. Changes are saved in the draft and act once it is published.
        </p>
        {!readOnly && <AddTriggerMenu onAdd={(definition) => setOpen(edits.add(definition))} />}
      </div>
      {state.error && <Notice tone="failed">Addresses and last calls did not load: {state.error.message}</Notice>}
      {triggers.length === 0 ? (
        <EmptyState icon={Zap} title="Nothing starts this workflow">
          Every workflow needs at least one trigger. Add one: a schedule, a webhook, an event, a form, or a start by
          hand.
        </EmptyState>
      ) : (
        <ul aria-label="Triggers" className="flex flex-col gap-3">
          {triggers.map((trigger) => (
            <li key={trigger.id}>
              <TriggerCard
                trigger={trigger}
                state={state.data}
                readOnly={readOnly}
                open={open === trigger.id || (triggers.length === 1 && open === null)}
                onToggle={(next) => setOpen(next ? trigger.id : "")}
              />
            </li>
          ))}
        </ul>
      )}
      {leaving.length > 0 && (
        <Notice tone="quiet">
          Removed in the draft, and live until it is published:{" "}
          {leaving
            .map(({ triggerId: id, type, label }) =>
              triggerTitle({ id, type, ...(label === null ? {} : { label }) }, triggers, triggerDefinitions),
            )
            .join(", ")}
          .
        </Notice>
      )}
    </div>
  );
}
