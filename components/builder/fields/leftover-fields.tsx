"use client";
import { ownFields } from "@/core/workflow/node-fields";
import type { SpecNode } from "@/core/workflow/document";
import type { Json } from "@/core/json";
import { Button } from "@/components/ui/button";
import { JsonView } from "@/components/ui/json-view";
import { wordsOf } from "@/components/ui/name-words";
import { useStepForm } from "@/components/builder/state/step-form";
import { FieldFrame } from "./field-frame";
import type { FormLayout } from "@/core/workflow/form-layout";

/** Settings that came with an import and have no field here: shown as they are, and removable. */
export function LeftoverFields({ layout }: { layout: FormLayout }) {
  const { node, readOnly, problems, change } = useStepForm();
  const names = leftoversOf(node, layout);
  return names.map((name) => (
    <FieldFrame
      key={name}
      path={[name]}
      label={wordsOf(name)}
      help="Written outside the builder. It stays as it is until it is removed."
      problems={problems}
    >
      {() => (
        <div className="flex flex-col items-start gap-1.5 [&>pre]:w-full">
          {/* A step's fields are JSON. */}
          <JsonView label={wordsOf(name)} value={node[name] as Json} />
          {!readOnly && (
            <Button
              size="dense"
              onClick={() => change([{ path: [name], value: undefined }], { say: `${wordsOf(name)} removed` })}
            >
              Remove
            </Button>
          )}
        </div>
      )}
    </FieldFrame>
  ));
}

/** The canvas draws a body, and a callback's marker is its way: neither is left over. */
const shownElsewhere: ReadonlySet<string> = new Set(["body", "callback"]);

export function leftoversOf(node: SpecNode, layout: FormLayout): string[] {
  return Object.keys(ownFields(node)).filter(
    (name) => layout.notOffered.includes(name) && !shownElsewhere.has(name) && node[name] !== undefined,
  );
}
