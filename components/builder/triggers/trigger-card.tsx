"use client";
import { ChevronDown, Trash2 } from "lucide-react";
import { useId } from "react";
import type { TriggersState } from "@/core/contracts/trigger";
import type { Trigger, TriggerType } from "@/core/workflow/document";
import { useBuilder } from "@/components/builder/state/use-builder";
import { Card } from "@/components/ui/card";
import { TypeTile } from "@/components/ui/type-tile";
import { ApiEditor } from "./api-editor";
import { EventEditor } from "./event-editor";
import { IntakeEditor } from "./intake-editor";
import { LabelAndInput } from "./label-and-input";
import { LastResult } from "./last-result";
import { LiveMark } from "./live-mark";
import { ManualEditor } from "./manual-editor";
import { ScheduleEditor } from "./schedule-editor";
import { ScheduleNext } from "./schedule-next";
import { triggerKind } from "./trigger-kinds";
import type { TriggerEditorProps } from "./trigger-editor-props";
import { triggerSentence } from "./trigger-sentence";
import { triggerTitle } from "./trigger-title";
import { useTriggerEdits } from "./use-trigger-edits";
import { WebhookEditor } from "./webhook-editor";

const editors: Readonly<Record<TriggerType, (props: TriggerEditorProps) => React.ReactNode>> = {
  schedule: ScheduleEditor,
  webhook: WebhookEditor,
  event: EventEditor,
  form: IntakeEditor,
  manual: ManualEditor,
  api: ApiEditor,
  conversation: EventEditor,
};

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
  const kind = triggerKind(trigger.type);
  const problems = useProblems(trigger.id);
  const Editor = editors[trigger.type];
  const own = state?.triggers.find(({ triggerId }) => triggerId === trigger.id);
  const title = useBuilder((builder) => triggerTitle(trigger, builder.document.triggers));
  return (
    <Card className="flex flex-col">
      <div className="flex items-start gap-3 px-4 py-3">
        <TypeTile icon={kind.icon} color="start" />
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
            {triggerSentence(trigger)} {trigger.type === "schedule" && <ScheduleNext trigger={trigger} />}
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
            <Editor
              trigger={trigger}
              state={state}
              own={own}
              readOnly={readOnly}
              set={(fields) => edits.set(trigger.id, fields)}
            />
            {trigger.type !== "manual" && trigger.type !== "api" && (
              <LabelAndInput trigger={trigger} readOnly={readOnly} set={(fields) => edits.set(trigger.id, fields)} />
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
