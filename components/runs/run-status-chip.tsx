import type { RunStatus } from "@/core/contracts/run";
import { Chip } from "@/components/ui/chip";
import { runStatusFaces } from "./run-status";

export function RunStatusChip({ status }: { status: RunStatus }) {
  const face = runStatusFaces[status];
  return (
    <Chip tone={face.tone} icon={face.icon} spin={face.spin} title={status}>
      {face.word}
    </Chip>
  );
}
