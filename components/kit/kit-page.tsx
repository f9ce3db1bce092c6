"use client";
import { useState } from "react";
import { CustomerView } from "@/components/conversation/customer-view";
import { WorkflowDrawing } from "@/components/graph/workflow-drawing";
import { ApprovalPane } from "@/components/inbox/approval-pane";
import { DecisionRecordCard } from "@/components/inbox/decision-record";
import { InboxList } from "@/components/inbox/inbox-list";
import { resultSentence } from "@/components/inbox/result-sentence";
import { MessageList } from "@/components/mailbox/mailbox-screen";
import { RunRows } from "@/components/runs/run-rows";
import { RunView } from "@/components/runs/run-view";
import { Button } from "@/components/ui/button";
import type { Theme } from "@/components/ui/theme";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { VersionRows } from "@/components/workflows/version-rows";
import { WorkflowRows } from "@/components/workflows/workflow-rows";
import { KitControls } from "./kit-controls";
import { KitPublishing } from "./kit-publishing";
import { KitSection } from "./kit-section";
import { sampleApproval, sampleDecisions, sampleItems } from "./sample-approvals";
import { sampleConversation, sampleMessages } from "./sample-messages";
import { minutesAgo, sampleRows, sampleRun, stockGraph } from "./sample-run";
import { sampleVersions, sampleWorkflows } from "./sample-workflows";

/** Every component in its states, to be looked at and scanned. */
export function KitPage({ theme }: { theme: Theme }) {
  const [said, setSaid] = useState("");
  return (
    <main className="mx-auto max-w-[1200px] px-4 py-8 md:px-8">
      <div className="mb-8 flex items-center justify-between">
        <h1 className="text-heading font-semibold">Design kit</h1>
        <ThemeToggle initial={theme} />
      </div>
      <KitControls />
      <KitSection title="Inbox">
        <p aria-live="polite">{said}</p>
        <div className="grid gap-6 md:grid-cols-[360px_minmax(0,1fr)]">
          <InboxList items={sampleItems} view="pending" selectedId="a1" hrefOf={(id) => `#${id}`} />
          <div className="rounded-card border bg-surface">
            <ApprovalPane
              context={sampleApproval}
              keys={false}
              busy={false}
              problem={null}
              onDecide={(input) => setSaid(resultSentence(input.decision, ["charges $42.60"]))}
            />
          </div>
        </div>
      </KitSection>
      <KitSection title="Decided">
        <div className="grid gap-4 md:grid-cols-2">
          {sampleDecisions.map((context) => (
            <DecisionRecordCard key={context.id} context={context} />
          ))}
        </div>
      </KitSection>
      <KitSection title="Runs">
        <RunRows items={sampleRows} />
      </KitSection>
      <KitSection title="Run">
        <RunView run={sampleRun} problem={null} actions={<Button>Pause</Button>} />
      </KitSection>
      <KitSection title="Drawing with a loop">
        <WorkflowDrawing graph={stockGraph} label="Weekly stock check" height="h-[560px]" />
      </KitSection>
      <KitSection title="Workflows">
        <WorkflowRows items={sampleWorkflows} />
      </KitSection>
      <KitSection title="Versions">
        <VersionRows
          versions={sampleVersions}
          draft={{ number: 5, updatedAt: minutesAgo(3), updatedBy: "Kim" }}
          onRollBack={(version) => setSaid(`Roll back to v${version}`)}
        />
      </KitSection>
      <KitPublishing />
      <KitSection title="Mailbox">
        <MessageList items={sampleMessages} />
      </KitSection>
      <KitSection title="Customer page">
        <CustomerView
          conversation={sampleConversation}
          sending={{ busy: false, sentId: null, already: false, problem: null }}
          acting={{ busy: false, nudge: () => undefined, withdraw: () => undefined }}
          form={{ waitpointId: null, busy: false, problem: null }}
          onSend={() => Promise.resolve(true)}
          onSubmitForm={() => setSaid("Sent")}
        />
      </KitSection>
    </main>
  );
}
