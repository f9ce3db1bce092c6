"use client";
import { useBuilder } from "@/components/builder/state/use-builder";
import { CopyField } from "@/components/ui/copy-field";
import { sampleInput } from "@/triggers/sample-input";
import { apiCurl } from "./curl";
import type { TriggerEditor, TriggerEditorProps } from "@/components/builder/trigger-parts/trigger-editor-props";

export const apiEditor: TriggerEditor = { Inside: ApiEditor };

/** How a program starts it. */
function ApiEditor({ state }: TriggerEditorProps) {
  const slug = useBuilder((builder) => builder.slug);
  const schema = useBuilder((builder) => builder.document.spec.inputSchema);
  return (
    <div className="flex flex-col gap-3">
      <p className="text-dense text-ink-2">
        A program with an API key that may start runs posts the input; the answer names the run. The key goes where the
        sample says YOUR_API_KEY.
      </p>
      {state && <CopyField label="Start a run" text={apiCurl(state.baseUrl, slug, sampleInput(schema))} block />}
    </div>
  );
}
