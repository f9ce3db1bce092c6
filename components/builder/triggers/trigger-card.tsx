"use client";
import { ChevronDown, Trash2 } from "lucide-react";
import { useId } from "react";
import type { TriggersState } from "@/core/contracts/trigger";
import type { Trigger } from "@/core/workflow/document";
import { triggerTitle } from "@/core/workflow/trigger-title";
import { useBuilder } from "@/components/builder/state/use-builder";
import { Card } from "@/components/ui/card";
import { TypeTile } from "@/components/ui/type-tile";
import { findTrigger, triggerDefinitions } from "@/triggers/definitions";
import { findEditor } from "@/triggers/editors";
import { LabelAndInput } from "./label-and-input";
import { LastResult } from "./last-result";
import { LiveMark } from "./live-mark";
import { useTriggerEdits } from "./use-trigger-edits";

interface TriggerCardProps {
  trigger: Trigger;
  state: TriggersState | undefined;
  readOnly: boolean;
  open: boolean;
  onToggle: (open: boolean) => void;
}

/** One trigger: its sentence, whether it is live, what it did last; opened, everything about it. */
export function TriggerCard({ trigger, state, readOnly, open, onToggle }: TriggerCardProps) {
  const edits = useTriggerEdits();
  const bodyId = useId();
  const definition = findTrigger(trigger.type);
  const problems = useProblems(trigger.id);
  const editor = findEditor(trigger.type);
  const own = state?.triggers.find(({ triggerId }) => triggerId === trigger.id);
  const title = useBuilder((builder) => triggerTitle(trigger, builder.document.triggers, triggerDefinitions));
  return (
    <Card className="flex flex-col">
      <div className="flex items-start gap-3 px-4 py-3">
        <TypeTile icon={definition?.icon ?? "zap"} color="start" />
        <div className="min-w-0 flex-1">
          <h2 className="flex flex-wrap items-center gap-x-2 gap-y-1 font-semibold">
            <button
              type="button"
              aria-expanded={open}
              aria-controls={bodyId}
              onClick={() => onToggle(!open)}
              className="inline-flex items-center gap-1.5 rounded-chip text-left [overflow-wrap:anywhere] hover:underline max-sm:min-h-11"
            >
              {title}
              <ChevronDown size={16} aria-hidden className={open ? "rotate-180 text-ink-2" : "text-ink-2"} />
            </button>
            <LiveMark state={state} triggerId={trigger.id} />
          </h2>
          <p className="text-ink-2 [overflow-wrap:anywhere]">
            {definition?.sentence(trigger)} {editor?.Beside && <editor.Beside trigger={trigger} />}
          </p>
          <LastResult state={own} />
          {problems.map((message) => (
            <p key={message} className="mt-1 text-dense font-medium text-failed">
              {message}
            </p>
          ))}
        </div>
        {!readOnly && (
          <button
            type="button"
            aria-label={`Remove trigger ${title}`}
            onClick={() => edits.remove(trigger.id)}
            className="inline-flex size-8 shrink-0 items-center justify-center rounded-control text-ink-2 hover:bg-sunken hover:text-ink max-sm:size-11"
          >
            <Trash2 size={16} aria-hidden />
          </button>
        )}
      </div>
      <div id={bodyId} hidden={!open} className="border-t border-hairline">
        {open && (
          <div className="flex flex-col gap-5 px-4 py-4">
            {editor && (
              <editor.Inside
                trigger={trigger}
                state={state}
                own={own}
                readOnly={readOnly}
                set={(fields) => edits.set(trigger.id, fields)}
              />
            )}
            {definition?.mapping && (
              <LabelAndInput
                trigger={trigger}
                mapping={definition.mapping}
                readOnly={readOnly}
                set={(fields) => edits.set(trigger.id, fields)}
              />
            )}
          </div>
        )}
      </div>
    </Card>
  );
}

/** What validation says about this trigger. */
function useProblems(triggerId: string): string[] {
  const issues = useBuilder((state) => state.issues);
  const triggers = useBuilder((state) => state.document.triggers);
  const position = triggers.findIndex(({ id }) => id === triggerId);
  return [
    ...new Set(issues.filter(({ path }) => path.startsWith(`triggers[${position}]`)).map(({ message }) => message)),
  ];
}
