"use client";
import { MousePointerClick } from "lucide-react";
import { InputSchemaControl } from "@/components/builder/designers/schema-controls";
import { FieldFrame } from "@/components/builder/fields/field-frame";
import { useBuilder } from "@/components/builder/state/use-builder";
import { EmptyState } from "@/components/ui/empty-state";
import { JsonView } from "@/components/ui/json-view";
import { stepDefinition } from "@/steps/definitions";

/** Without a selection: how to get one, and the input of workflows that have no Start step to hold it. */
export function NothingSelected() {
  const spec = useBuilder((state) => state.document.spec);
  const readOnly = useBuilder((state) => state.readOnly);
  const hasStart = spec.nodes.some(({ type }) => stepDefinition(type)?.entry === true);
  return (
    <div className="pb-8">
      <EmptyState icon={MousePointerClick} title="No step selected">
        {spec.nodes.length === 0
          ? "Use Add Step to begin."
          : "Click a step on the canvas to change it. Click a line to see what it connects."}
      </EmptyState>
      {!hasStart && (
        <div className="border-t px-4 pt-5">
          {readOnly ? (
            spec.inputSchema && <JsonView label="Input of the workflow" value={spec.inputSchema} />
          ) : (
            <FieldFrame
              path={["inputSchema"]}
              label="Input of the workflow"
              help="These questions draw the form of a manual run, and every start is checked against them."
              optional
              problems={none}
            >
              {(names) => <InputSchemaControl names={names} />}
            </FieldFrame>
          )}
        </div>
      )}
    </div>
  );
}

const none: readonly never[] = [];
