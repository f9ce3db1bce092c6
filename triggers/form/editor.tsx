"use client";
import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { SchemaForm } from "@/components/fields/schema-form";
import { useBuilder } from "@/components/builder/state/use-builder";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-look";
import { Dialog } from "@/components/ui/dialog";
import { AddressField } from "@/components/builder/trigger-parts/address-field";
import type { TriggerEditor, TriggerEditorProps } from "@/components/builder/trigger-parts/trigger-editor-props";

export const formEditor: TriggerEditor = { Inside: IntakeEditor };

/** The link to share, and how the form looks. Its questions are the workflow's input. */
function IntakeEditor({ trigger, own, readOnly }: TriggerEditorProps) {
  const [previewing, setPreviewing] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      <p className="text-dense text-ink-2">
        Whoever has the link can send the form, without an account. Its questions are the input of the Start step.
      </p>
      <AddressField triggerId={trigger.id} label="Link to share" own={own} readOnly={readOnly} />
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setPreviewing(true)}>Preview the form</Button>
        {own && own.url !== null && own.live !== "no" && (
          <a href={own.url} target="_blank" rel="noreferrer" className={buttonClass()}>
            <ExternalLink size={15} aria-hidden />
            Open it
          </a>
        )}
      </div>
      {previewing && <Preview onClose={() => setPreviewing(false)} />}
    </div>
  );
}

function Preview({ onClose }: { onClose: () => void }) {
  const schema = useBuilder((state) => state.document.spec.inputSchema);
  const name = useBuilder((state) => state.workflow.name);
  return (
    <Dialog open onOpenChange={onClose} title={name} description="A preview of the draft: nothing is sent.">
      <SchemaForm
        schema={schema ?? {}}
        submitLabel="Close the preview"
        busy={false}
        problem={null}
        onSubmit={onClose}
      />
    </Dialog>
  );
}
