"use client";
import type { TriggerEditor, TriggerEditorProps } from "@/components/builder/trigger-parts/trigger-editor-props";

export const manualEditor: TriggerEditor = { Inside: ManualEditor };

/** Nothing to set: who may start runs, may start this. */
function ManualEditor(_props: TriggerEditorProps) {
  return (
    <p className="text-dense text-ink-2">
      Once it is live, people with the right to start runs find it under “Start a request” beside their own requests,
      and as “Start a run” at the top of this page. The questions they answer are the input of the Start step.
    </p>
  );
}
