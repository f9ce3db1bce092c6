import { Ban, CircleCheck, CircleX } from "lucide-react";
import type { RepairItem } from "@/core/contracts/repair";
import { StatusChip } from "@/components/ui/status-chip";

/** Failed, or that somebody did something about it. */
export function RepairChip({ item }: { item: Pick<RepairItem, "settled"> }) {
  if (item.settled === null) return <StatusChip face={{ word: "Failed", tone: "failed", icon: CircleX }} />;
  return item.settled.how === "left" ? (
    <StatusChip face={{ word: "Left as it is", tone: "quiet", icon: Ban }} />
  ) : (
    <StatusChip face={{ word: "Dealt with", tone: "completed", icon: CircleCheck }} />
  );
}
