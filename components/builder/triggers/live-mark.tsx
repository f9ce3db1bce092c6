import { CircleCheck, CloudUpload } from "lucide-react";
import type { TriggersState } from "@/core/contracts/trigger";
import { Chip } from "@/components/ui/chip";

/** Whether a trigger works already, or from which version on. */
export function LiveMark({ state, triggerId }: { state: TriggersState | undefined; triggerId: string }) {
  if (!state) return null;
  const own = state.triggers.find((trigger) => trigger.triggerId === triggerId);
  if (own?.live === "yes")
    return (
      <Chip tone="completed" icon={CircleCheck}>
        Live
      </Chip>
    );
  const version = `v${state.nextVersion}`;
  return (
    <Chip icon={CloudUpload}>
      {own?.live === "changed" ? `Changed, goes live with ${version}` : `Goes live with ${version}`}
    </Chip>
  );
}
