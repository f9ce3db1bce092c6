import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleX,
  Hand,
  Hourglass,
  LoaderCircle,
  RotateCcw,
  SkipForward,
} from "lucide-react";
import type { RunStep } from "@/core/contracts/run";
import type { StatusFace } from "@/components/ui/status-chip";
import { clockWords, durationWords } from "@/components/ui/time-words";

/** How a step looks: icon, tone and the word for its status. */
export function stepFace(step: Pick<RunStep, "status" | "waiting" | "rejected">): StatusFace {
  if (step.status === "waiting")
    return waitingFaces[step.waiting?.kind ?? ""] ?? { word: "Waiting", tone: "running", icon: Hourglass };
  // It is done, and its answer was no: a tick would say that it was granted.
  if (step.status === "completed" && step.rejected === true) return rejectedFace;
  return faces[step.status];
}

/** The line people read: "$42.60 prorated", "Completed (0.3s)", "Awaiting approval". Empty before the step's turn. */
export function resultLine(step: Pick<RunStep, "status" | "waiting" | "summary" | "error" | "durationMs">): string {
  if (step.status === "failed") return step.error?.message ?? "Failed";
  if (step.status === "completed") return step.summary ?? completedWords(step.durationMs);
  if (step.status === "pending") return "";
  return stepFace(step).word;
}

/** "Waiting for manager since 14:02, due 22 Nov, 14:02". `now` and the zone are given so that tests can hold them. */
export function waitingLine(waiting: NonNullable<RunStep["waiting"]>, now: number, timeZone?: string): string {
  if (waiting.kind === "retry" && waiting.dueAt !== null)
    return `Failed, next try ${clockWords(Date.parse(waiting.dueAt), now, timeZone)}`;
  const since = `since ${clockWords(Date.parse(waiting.since), now, timeZone)}`;
  const due =
    waiting.dueAt === null
      ? ""
      : `, ${waiting.kind === "timer" ? "until" : "due"} ${clockWords(Date.parse(waiting.dueAt), now, timeZone)}`;
  const whom =
    waiting.for.length > 0 ? ` for ${waiting.for.map(assigneeWords).join(", ")}` : (unnamed[waiting.kind] ?? "");
  return `Waiting${whom} ${since}${due}`;
}

/** `role:kyc_analyst` -> "kyc analyst", `team:support` -> "support team"; a name stays as it is. */
export function assigneeWords(assignee: string): string {
  const match = /^(role|team|user):(.+)$/.exec(assignee);
  const [, kind, rest] = match ?? [];
  if (kind === undefined || rest === undefined) return assignee;
  const words = rest.replaceAll(/[_-]/g, " ");
  return kind === "team" ? `${words} team` : words;
}

const faces: Record<Exclude<RunStep["status"], "waiting">, StatusFace> = {
  pending: { word: "Not yet", tone: "quiet", icon: CircleDashed },
  running: { word: "Running", tone: "running", icon: LoaderCircle, spin: true },
  completed: { word: "Completed", tone: "completed", icon: CircleCheck },
  failed: { word: "Failed", tone: "failed", icon: CircleX },
  skipped: { word: "Skipped", tone: "quiet", icon: SkipForward },
  cancelled: { word: "Cancelled", tone: "quiet", icon: Ban },
};

const rejectedFace: StatusFace = { word: "Rejected", tone: "failed", icon: CircleX };

const waitingFaces: Record<string, StatusFace> = {
  approval: { word: "Awaiting approval", tone: "person", icon: Hand },
  form: { word: "Waiting for a form", tone: "person", icon: Hand },
  handoff: { word: "Waiting for a person", tone: "person", icon: Hand },
  retry: { word: "Trying again", tone: "running", icon: RotateCcw },
};

const unnamed: Record<string, string> = {
  approval: " for operator",
  handoff: " for operator",
  form: " for an answer",
  callback: " for a callback",
};

function completedWords(durationMs: number | null): string {
  return durationMs === null ? "Completed" : `Completed (${durationWords(durationMs)})`;
}
