import type { ApprovalContext as Context } from "@/core/contracts/approval";
import { Facts } from "@/components/ui/facts";
import { Notice } from "@/components/ui/notice";
import { AskedByRule } from "./asked-by-rule";
import { ApprovedBeforeWords } from "./approved-before";
import { ApprovalChanges, jsonWords } from "./approval-changes";
import { ConversationSection, HeldSection } from "./card-sections";
import { DecisionChip } from "./decision-chip";
import { DecisionRecordCard } from "./decision-record";
import { nextFacts } from "./next-facts";
import { PaneHead } from "./pane-head";
import { PaneSection } from "./pane-section";
import { Questions } from "./questions";
import { StepHistory } from "./step-history";

/** Everything a person needs to decide: facts, what happens next, customer, conversation, what happened before. */
export function ApprovalContext({ context }: { context: Context }) {
  const open = context.status === "pending" || context.status === "info_requested";
  return (
    <div className="mx-auto flex max-w-[680px] flex-col gap-8">
      <header>
        <PaneHead item={context} chip={<DecisionChip item={context} />} waits={open} />
        <AskedByRule rule={context.rule} />
        <DecisionRecordCard context={context} />
        {open && context.isPaused && (
          <div className="mt-3">
            <Notice tone="quiet">
              This run is paused. You can decide; what follows waits until somebody resumes the run.
            </Notice>
          </div>
        )}
      </header>
      {context.questions.length > 0 && (
        <PaneSection title="Asked back">
          <Questions item={context} />
        </PaneSection>
      )}
      {context.approvedBefore !== null && (
        <PaneSection
          title={context.approvedBefore.runId === context.runId ? "Approved before" : "Approved before, in another run"}
        >
          <ApprovedBeforeWords before={context.approvedBefore} runId={context.runId} />
        </PaneSection>
      )}
      {context.changed.length > 0 && (
        <PaneSection title="Changed since it was approved">
          <ApprovalChanges changes={context.changed} />
        </PaneSection>
      )}
      {context.fields.length > 0 && (
        <PaneSection title="Request">
          <Facts items={context.fields} />
        </PaneSection>
      )}
      {context.editable.length > 0 && (
        <PaneSection title="May be changed">
          <Facts items={context.editable.map(({ label, value }) => ({ label, value: jsonWords(value) }))} />
        </PaneSection>
      )}
      {open && (
        <PaneSection title="What happens next">
          <Facts items={nextFacts(context)} />
        </PaneSection>
      )}
      {context.customer && (
        <PaneSection title="Customer">
          <Facts items={customerFacts(context.customer)} />
        </PaneSection>
      )}
      <ConversationSection conversation={context.conversation} />
      <HeldSection card={context} />
      {context.steps.length > 0 && (
        <PaneSection title="History">
          <StepHistory steps={context.steps} />
        </PaneSection>
      )}
    </div>
  );
}

function customerFacts(customer: NonNullable<Context["customer"]>) {
  const facts = [
    { label: "Name", value: customer.name },
    { label: "E-mail", value: customer.email },
    { label: "Plan", value: customer.plan },
  ];
  return facts.filter((fact) => fact.value !== null);
}
