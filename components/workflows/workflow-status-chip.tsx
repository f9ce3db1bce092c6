import { Archive, CircleCheck, CirclePause, PencilLine } from "lucide-react";
import type { WorkflowListItem } from "@/core/contracts/workflow";
import { Chip } from "@/components/ui/chip";

/** Live, off, draft or retired. A live workflow with a newer draft says so in the list's version column. */
export function WorkflowStatusChip({ workflow }: { workflow: Pick<WorkflowListItem, "status" | "enabled"> }) {
  if (workflow.status === "retired") return <Chip icon={Archive}>Retired</Chip>;
  if (workflow.status === "draft") return <Chip icon={PencilLine}>Draft</Chip>;
  if (!workflow.enabled) return <Chip icon={CirclePause}>Off</Chip>;
  return (
    <Chip tone="completed" icon={CircleCheck}>
      Active
    </Chip>
  );
}
