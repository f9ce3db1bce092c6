import type { RunStatus } from "@/core/run-status";
import { StatusChip } from "@/components/ui/status-chip";
import { runStatusFaces } from "./run-status";

export function RunStatusChip({ status }: { status: RunStatus }) {
  return <StatusChip face={runStatusFaces[status]} title={status} />;
}
