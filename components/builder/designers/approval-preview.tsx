"use client";
import { useMemo } from "react";
import type { ApprovalItem } from "@/core/contracts/approval";
import { isJsonObject } from "@/core/json-guard";
import { InboxCard } from "@/components/inbox/inbox-card";
import { Facts } from "@/components/ui/facts";
import { useKnownData } from "@/components/builder/expression/use-known-data";
import { assigneeName } from "@/components/people/assignee-refs";
import { useAssignees } from "@/components/people/use-assignees";
import { textOf } from "@/components/builder/fields/control-props";
import { listOf } from "@/components/builder/fields/list-controls";
import { valueAt } from "@/components/builder/state/field-path";
import { useStepForm } from "@/components/builder/state/step-form";
import { useBuilder } from "@/components/builder/state/use-builder";
import { readFacts } from "./facts";
import { previewText } from "./preview-text";

const noNames: readonly string[] = [];

/** The card as it will stand in the inbox, with the values of the last run. */
export function ApprovalPreview() {
  const { node } = useStepForm();
  const options = useAssignees();
  const { scope } = useKnownData({ nodeId: node.id, insideBody: false, extraNames: noNames });
  const hasRun = useBuilder((state) => state.sampleRun !== null);
  const workflow = useBuilder((state) => state.workflow);
  const item = useMemo((): ApprovalItem => {
    const text = (value: unknown) => previewText(textOf(value), scope);
    const label = text(node["actionLabel"]) || (node.name ?? node.id);
    const refs = listOf(node["assignTo"]).map(textOf);
    return {
      id: "preview",
      runId: "preview",
      nodeId: node.id,
      status: "pending",
      test: false,
      actionLabel: label,
      headline: text(valueAt(node, ["context", "headline"])) || label,
      money: null,
      fingerprint: "preview",
      fields: readFacts(valueAt(node, ["context", "fields"])).map((fact) => ({
        label: fact.label,
        value: text(fact.value),
      })),
      assignTo: isJsonObject(node["rules"])
        ? ["whoever the table names"]
        : (refs.length === 0 ? ["role:operator"] : refs).map((ref) => previewText(assigneeName(ref, options), scope)),
      rule: null,
      assignRefs: refs,
      changed: [],
      approvedBefore: null,
      countsBy: null,
      dueAt: null,
      createdAt: workflow.updatedAt,
      requestedBy: null,
      workflow: { id: workflow.workflowId, slug: workflow.slug, name: workflow.name, version: workflow.headVersion },
      decision: null,
      decidedBy: null,
      decidedAt: null,
      comment: null,
      canDecide: true,
      votes: [],
      decisionsNeeded: 1,
      quorum: { mode: "any", then: [] },
      cannotDecideReason: null,
      commentRequiredOn: [],
      undecidable: null,
      questions: [],
      mayAsk: false,
      mayAnswer: false,
      delegations: [],
      delegatedBy: null,
      delegatedTo: null,
      deputies: [],
      standsInFor: null,
      mayDelegate: false,
      mayReassign: false,
    };
  }, [node, options, scope, workflow]);
  return (
    <section aria-label="Preview" className="flex flex-col gap-2 rounded-card bg-sunken p-3">
      <h3 className="text-dense font-semibold">What {item.assignTo.join(", ")} will see</h3>
      {/* A picture of the card: its link leads nowhere yet. */}
      <div inert>
        <InboxCard item={item} href="#" selected={false} />
      </div>
      <p className="sr-only">{item.headline}</p>
      {item.fields.length > 0 && (
        <div className="rounded-card border border-hairline bg-surface px-4 py-1">
          <Facts dense items={uniqueLabels(item.fields)} />
        </div>
      )}
      <p className="text-label text-ink-3">
        {hasRun
          ? "With the values of the last run."
          : "Values in [brackets] come from the run. Test the workflow to see them."}
      </p>
    </section>
  );
}

/** Labels are the keys of the table; while two are alike or empty they are told apart by their place. */
function uniqueLabels(fields: readonly { label: string; value: string }[]): { label: string; value: string }[] {
  return fields.map(({ label, value }, position) => ({
    label:
      label === "" || fields.findIndex((each) => each.label === label) !== position
        ? `${label || "Fact"} ${position + 1}`
        : label,
    value,
  }));
}
