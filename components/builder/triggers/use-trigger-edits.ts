"use client";
import { useMemo } from "react";
import type { Trigger } from "@/core/workflow/document";
import type { TriggerDefinition } from "@/core/workflow/trigger-definition";
import { useBuilderStore } from "@/components/builder/state/use-builder";
import type { TriggerFields } from "@/components/builder/trigger-parts/trigger-editor-props";
import { findTrigger } from "@/triggers/definitions";
import { newTriggerId } from "./new-trigger-id";

/** Turns edits of triggers into operations of the draft. Typing in one field is undone as one. */
export function useTriggerEdits() {
  const store = useBuilderStore();
  return useMemo(() => {
    const current = (id: string) => store.getState().document.triggers.find((trigger) => trigger.id === id);
    return {
      add({ type, title, starter }: TriggerDefinition): string {
        const id = newTriggerId(type, store.getState().document.triggers);
        store
          .getState()
          .apply([{ op: "put_trigger", trigger: { ...starter, id, type } }], { say: `${title} trigger added` });
        return id;
      },
      set(id: string, fields: TriggerFields): void {
        const trigger = current(id);
        if (!trigger) return;
        store.getState().apply([{ op: "put_trigger", trigger: withFields(trigger, fields) }], {
          merge: `trigger:${id}:${Object.keys(fields).join()}`,
        });
      },
      remove(id: string): void {
        const trigger = current(id);
        if (!trigger) return;
        store.getState().apply([{ op: "remove_trigger", id }], {
          say: `${findTrigger(trigger.type)?.title ?? trigger.type} trigger removed`,
        });
      },
    };
  }, [store]);
}

function withFields(trigger: Trigger, fields: TriggerFields): Trigger {
  const { id, type } = trigger;
  const entries = Object.entries({ ...trigger, ...fields }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(entries), id, type };
}
