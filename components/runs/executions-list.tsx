"use client";
import { Play } from "lucide-react";
import { useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { Switch } from "@/components/ui/switch";
import { RunList } from "./run-list";

/** The runs of one workflow. Tests stand among them, marked, until somebody hides them. */
export function ExecutionsList({ workflowId }: { workflowId: string }) {
  const [showTests, setShowTests] = useState(true);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex justify-end">
        <Switch label="Show tests" checked={showTests} onChange={setShowTests} />
      </div>
      <RunList
        filter={{ workflowId, tests: showTests ? "shown" : "hidden" }}
        showWorkflow={false}
        empty={
          <EmptyState icon={Play} title="No executions yet">
            {showTests ? "Start a run, test the draft, or wait for a trigger." : "Start a run, or wait for a trigger."}
          </EmptyState>
        }
      />
    </div>
  );
}
