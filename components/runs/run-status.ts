import {
  Ban,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  ClipboardList,
  Hand,
  Hourglass,
  LoaderCircle,
  UserRound,
} from "lucide-react";
import type { RunStatus } from "@/core/run-status";
import type { StatusFace } from "@/components/ui/status-chip";

/** How each run status looks and reads. Amber only where a person has to act. */
export const runStatusFaces: Record<RunStatus, StatusFace> = {
  pending: { word: "Pending", tone: "quiet", icon: CircleDashed },
  running: { word: "Running", tone: "running", icon: LoaderCircle, spin: true },
  paused: { word: "Paused", tone: "quiet", icon: CirclePause },
  waiting_async: { word: "Waiting", tone: "running", icon: Hourglass },
  waiting_approval: { word: "Awaiting approval", tone: "person", icon: Hand },
  waiting_human: { word: "Waiting for a person", tone: "person", icon: UserRound },
  waiting_form: { word: "Waiting for a form", tone: "person", icon: ClipboardList },
  completed: { word: "Completed", tone: "completed", icon: CircleCheck },
  failed: { word: "Failed", tone: "failed", icon: CircleX },
  cancelled: { word: "Cancelled", tone: "quiet", icon: Ban },
};
