"use client";
import { useMemo, useRef, useState, type ReactNode } from "react";
import { ApprovalPreview } from "@/components/builder/designers/approval-preview";
import { ProblemLines } from "@/components/builder/fields/field-frame";
import { layoutFields, type FieldGroup, type FieldSpec, type FormLayout } from "@/core/workflow/form-layout";
import { formLayout } from "@/components/builder/fields/form-layout";
import { LeftoverFields } from "@/components/builder/fields/leftover-fields";
import { useBuilder } from "@/components/builder/state/use-builder";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import { stepDefinition, stepDefinitions } from "@/steps/definitions";
import { parsePath, valueAt } from "@/components/builder/state/field-path";
import type { LocatedNode } from "@/components/builder/state/locate-node";
import { StepFormContext, useStepForm, type StepForm } from "@/components/builder/state/step-form";
import { problemsElsewhere, stepProblems } from "@/components/builder/state/step-problems";
import { ConfigField } from "./config-field";
import { isBlank } from "./read-only-value";
import { WayFields } from "./way-fields";
import { advancedFields, noteField } from "./advanced-fields";
import { effectiveRetry, triesWords } from "./effective-retry";
import { FailureSection } from "./failure-section";
import { FoldingSection } from "./folding-section";
import { sectionOfField, type SectionName } from "./section-of-field";
import { StepHeading } from "./step-heading";
import { useFieldFocus } from "./use-field-focus";
import { useStepEdits } from "./use-step-edits";
import { WaysOut, waysOut } from "./ways-out";

const definitions: StepDefinitions = stepDefinitions;
const noLayout: FormLayout = { groups: [], notOffered: [] };

/** Everything about one step. Give it a `key` per step: what was folded open belongs to one only. */
export function NodePanel({ located, testActions }: { located: LocatedNode; testActions: ReactNode }) {
  const { node } = located;
  const definition = (Object.hasOwn(definitions, node.type) ? definitions[node.type] : undefined) ?? null;
  const issues = useBuilder((state) => state.issues);
  const readOnly = useBuilder((state) => state.readOnly);
  const config = useBuilder((state) => state.document.config);
  const edits = useStepEdits(node.id);
  const problems = useMemo(() => stepProblems(issues, node.id), [issues, node.id]);
  const form = useMemo(
    (): StepForm => ({ node, definition, located, readOnly, problems, ...edits }),
    [node, definition, located, readOnly, problems, edits],
  );
  const [open, setOpen] = useState<ReadonlySet<SectionName>>(new Set());
  const panel = useRef<HTMLDivElement>(null);
  useFieldFocus(panel, (field) => {
    const section = sectionOfField(field);
    if (section !== "settings") setOpen((now) => new Set([...now, section]));
  });
  const toggle = (section: SectionName) => (show: boolean) =>
    setOpen((now) => new Set(show ? [...now, section] : [...now].filter((each) => each !== section)));

  const layout = definition === null ? noLayout : formLayout(definition);
  const elsewhere = problemsElsewhere(problems, shownPaths(layout));
  const canFail = definition !== null && definition.canFail !== false;
  return (
    <StepFormContext value={form}>
      <div ref={panel} className="pb-8">
        <StepHeading />
        {elsewhere.length > 0 && (
          <div className="px-4 pb-5">
            <ProblemLines problems={elsewhere} />
          </div>
        )}
        <div className="flex flex-col gap-5 px-4 pb-6">
          {layout.groups.map((group, position) => (
            <GroupFields key={group.title ?? position} group={group} />
          ))}
          <LeftoverFields layout={layout} />
          {layout.preview === "approval" && <ApprovalPreview />}
        </div>
        {waysOut(located).length > 0 && (
          <FoldingSection title="Goes on with" open={!open.has("ways")} onOpen={(show) => toggle("ways")(!show)}>
            <WaysOut />
          </FoldingSection>
        )}
        {canFail && (
          <FoldingSection
            title="When it fails"
            summary={definition.kind === "effect" ? triesWords(effectiveRetry(node, definition, config)) : undefined}
            open={open.has("failure")}
            onOpen={toggle("failure")}
          >
            <FailureSection definition={definition} />
          </FoldingSection>
        )}
        <FoldingSection title="Advanced" open={open.has("advanced")} onOpen={toggle("advanced")}>
          <ConfigField field={noteField} />
          {advancedFields.map((field) => (
            <ConfigField key={field.path.join(".")} field={field} />
          ))}
        </FoldingSection>
        <div className="border-t px-4 pt-4">{testActions}</div>
      </div>
    </StepFormContext>
  );
}

function GroupFields({ group }: { group: FieldGroup }) {
  const { node, readOnly } = useStepForm();
  const blank = (field: FieldSpec) => [field.path, ...(field.also ?? [])].every((path) => isBlank(valueAt(node, path)));
  // To those who only look, a heading over nothing says nothing.
  if (readOnly && !group.choice && stepDefinition(node.type)?.entry !== true && group.fields.every(blank)) return null;
  return (
    <div className="flex flex-col gap-5">
      {group.title !== null && (
        <h3 className="-mb-2 border-t pt-4 text-label font-semibold text-ink-2 first:border-t-0 first:pt-0">
          {group.title}
        </h3>
      )}
      {group.choice && <WayFields choice={group.choice} />}
      {group.fields.map((field) => (
        <ConfigField key={field.path.join(".")} field={field} />
      ))}
    </div>
  );
}

/** Fields that show their own problems, whichever way or section they stand in. */
function shownPaths(layout: FormLayout) {
  return [
    ...layoutFields(layout).flatMap(({ path, also = [] }) => [path, ...also]),
    ...layout.notOffered.filter((name) => name !== "body" && name !== "callback").map((name) => [name]),
    ...["retry", "timeoutMs", "onError", "repeatable"].map(parsePath),
    ...advancedFields.map(({ path }) => path),
  ];
}
