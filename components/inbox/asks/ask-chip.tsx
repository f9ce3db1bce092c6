import { Ban, CircleCheck, CircleHelp, ClipboardList, Clock, Headset, type LucideIcon } from "lucide-react";
import type { AskItem, AskStatus } from "@/core/contracts/inbox";
import { StatusChip, type StatusFace } from "@/components/ui/status-chip";

/** What is wanted of a person, or how it ended. */
export function AskChip({ item }: { item: Pick<AskItem, "kind" | "status"> }) {
  return <StatusChip face={item.status === "open" ? wanted[item.kind] : over[item.status]} />;
}

const face = (word: string, icon: LucideIcon): StatusFace => ({ word, tone: "person", icon });
const wanted: Record<AskItem["kind"], StatusFace> = {
  form: face("Form to fill in", ClipboardList),
  handoff: face("Handed over to you", Headset),
  outcome: face("Nobody knows yet", CircleHelp),
};
const over: Record<Exclude<AskStatus, "open">, StatusFace> = {
  answered: { word: "Answered", tone: "completed", icon: CircleCheck },
  expired: { word: "Not answered in time", tone: "quiet", icon: Clock },
  closed: { word: "Closed", tone: "quiet", icon: Ban },
};
