import { Ban, CircleCheck, CircleQuestionMark, CircleX, Clock, Hand } from "lucide-react";
import type { ApprovalItem } from "@/core/contracts/approval";
import { StatusChip, type StatusFace } from "@/components/ui/status-chip";

export function DecisionChip({ item }: { item: Pick<ApprovalItem, "status"> }) {
  return <StatusChip face={decisionFaces[item.status]} />;
}

/** How an approval looks in each state. */
export const decisionFaces: Record<ApprovalItem["status"], StatusFace> = {
  pending: { word: "Awaiting approval", tone: "person", icon: Hand },
  info_requested: { word: "Question asked", tone: "quiet", icon: CircleQuestionMark },
  approved: { word: "Approved", tone: "completed", icon: CircleCheck },
  rejected: { word: "Rejected", tone: "failed", icon: CircleX },
  timed_out: { word: "Timed out", tone: "quiet", icon: Clock },
  cancelled: { word: "Cancelled", tone: "quiet", icon: Ban },
  superseded: { word: "Replaced", tone: "quiet", icon: Ban },
};
