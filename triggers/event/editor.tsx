"use client";
import { useId, useState } from "react";
import { useBuilder } from "@/components/builder/state/use-builder";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { FilterField } from "@/components/builder/trigger-parts/filter-field";
import { RecentEvents } from "@/components/builder/trigger-parts/recent-events";
import { eventDefinition } from "./definition";
import { SendEventDialog } from "./send-event-dialog";
import type { TriggerEditor, TriggerEditorProps } from "@/components/builder/trigger-parts/trigger-editor-props";
import { knownEvents } from "@/triggers/known-events";

export const eventEditor: TriggerEditor = { Inside: EventEditor };

/** Which event, which of them (a filter), and what came in last. */
function EventEditor({ trigger, readOnly, set }: TriggerEditorProps) {
  const list = useId();
  const mayEdit = useBuilder((state) => state.workflow.mayEdit);
  const [testing, setTesting] = useState(false);
  const event = trigger.event ?? "";
  return (
    <div className="flex flex-col gap-5">
      <Field label="Event" hint="One of the suggestions, or any name that your systems send with the API.">
        {(control) => (
          <>
            <Input
              {...control}
              list={list}
              value={event}
              readOnly={readOnly}
              spellCheck={false}
              placeholder="contact.created"
              onChange={({ target }) => set({ event: target.value })}
            />
            <datalist id={list}>
              {knownEvents.map(({ name, words }) => (
                <option key={name} value={name}>
                  When {words}
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
      <FilterField
        trigger={trigger}
        hint="An expression over the event’s data; the workflow starts only when it is true. A filter that cannot be worked out is no match."
        placeholder="trigger.plan == 'pro'"
        readOnly={readOnly}
        set={set}
      />
      {mayEdit && event.trim() !== "" && (
        <RecentEvents
          event={event.trim()}
          action={
            <Button size="dense" className="max-sm:h-11" onClick={() => setTesting(true)}>
              Send a test event
            </Button>
          }
        />
      )}
      {testing && (
        <SendEventDialog
          name={event.trim()}
          sample={eventDefinition.sample(trigger, undefined)}
          onClose={() => setTesting(false)}
        />
      )}
    </div>
  );
}
