import { Ban, CircleCheck, CircleX, Clock, Hand, type LucideIcon } from "lucide-react";
import type { ApprovalItem } from "@/core/contracts/approval";
import { Chip } from "@/components/ui/chip";
import type { Tone } from "@/components/ui/tone";

export function DecisionChip({ item }: { item: Pick<ApprovalItem, "status"> }) {
  const face = faces[item.status];
  return (
    <Chip tone={face.tone} icon={face.icon}>
      {face.word}
    </Chip>
  );
}

const faces: Record<ApprovalItem["status"], { word: string; tone: Tone; icon: LucideIcon }> = {
  pending: { word: "Awaiting approval", tone: "person", icon: Hand },
  info_requested: { word: "Question asked", tone: "person", icon: Hand },
  approved: { word: "Approved", tone: "completed", icon: CircleCheck },
  rejected: { word: "Rejected", tone: "failed", icon: CircleX },
  timed_out: { word: "Timed out", tone: "quiet", icon: Clock },
  cancelled: { word: "Cancelled", tone: "quiet", icon: Ban },
  superseded: { word: "Replaced", tone: "quiet", icon: Ban },
};
