import { Play } from "lucide-react";
import type { WorkflowDetail } from "@/core/contracts/workflow";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/switch";

interface WorkflowActionsProps {
  workflow: WorkflowDetail;
  switching: boolean;
  onEnable: (enabled: boolean) => void;
  onStart: () => void;
}

/** The Active toggle and Start a run, each for those who may. Publishing stands beside them. */
export function WorkflowActions({ workflow, switching, onEnable, onStart }: WorkflowActionsProps) {
  const unpublished = workflow.publishedVersion === null;
  const cannotStart = unpublished
    ? "Publish a version first."
    : workflow.status === "retired"
      ? "This workflow is retired."
      : workflow.enabled
        ? null
        : "Switch it to active first.";
  return (
    <>
      {workflow.may.publish && (
        <span className="mr-2">
          <Switch
            label="Active"
            checked={workflow.enabled && !unpublished}
            disabled={unpublished || switching}
            reason={unpublished ? "Publish a version first." : null}
            onChange={onEnable}
          />
        </span>
      )}
      {workflow.may.start && (
        <Button
          icon={<Play size={15} aria-hidden />}
          disabled={cannotStart !== null}
          reason={cannotStart}
          onClick={onStart}
        >
          Start a run
        </Button>
      )}
    </>
  );
}
