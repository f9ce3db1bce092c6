"use client";
import { FilterField } from "@/components/builder/trigger-parts/filter-field";
import { RecentEvents } from "@/components/builder/trigger-parts/recent-events";
import type { TriggerEditor, TriggerEditorProps } from "@/components/builder/trigger-parts/trigger-editor-props";
import { useBuilder } from "@/components/builder/state/use-builder";
import { messageEvent } from "./message-event";

export const conversationEditor: TriggerEditor = { Inside: ConversationEditor };

/** Which messages of customers (a filter), and what came in last. */
function ConversationEditor({ trigger, readOnly, set }: TriggerEditorProps) {
  const mayEdit = useBuilder((state) => state.workflow.mayEdit);
  const event = (trigger.event ?? messageEvent).trim();
  return (
    <div className="flex flex-col gap-5">
      <FilterField
        trigger={trigger}
        hint="An expression over the event’s data; the workflow starts only when it is true. A filter that cannot be worked out is no match."
        placeholder="trigger.plan == 'pro'"
        readOnly={readOnly}
        set={set}
      />
      {mayEdit && event !== "" && <RecentEvents event={event} action={null} />}
    </div>
  );
}
