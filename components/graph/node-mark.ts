import { Minus, PencilLine, Plus, type LucideIcon } from "lucide-react";

/** How a step differs between two versions. */
export type NodeMark = "added" | "changed" | "removed";

/** Word and icon say it; the border only underlines it. */
export const markFaces: Record<NodeMark, { word: string; icon: LucideIcon; border: string; text: string }> = {
  added: { word: "Added", icon: Plus, border: "border-completed border-2", text: "bg-completed-tint text-completed" },
  changed: { word: "Changed", icon: PencilLine, border: "border-link border-2", text: "bg-running-tint text-running" },
  removed: {
    word: "Removed",
    icon: Minus,
    border: "border-failed border-2 border-dashed",
    text: "bg-failed-tint text-failed",
  },
};
