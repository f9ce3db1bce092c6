import type { ApprovalItem } from "@/core/contracts/approval";

const soonMs = 4 * 3_600_000;

/** How much a decision presses. */
export function urgency({ dueAt }: Pick<ApprovalItem, "dueAt">, now: number): "overdue" | "soon" | "open" {
  if (dueAt === null) return "open";
  const left = Date.parse(dueAt) - now;
  if (left < 0) return "overdue";
  return left < soonMs ? "soon" : "open";
}

/** By deadline; those without one come last, oldest first. */
export function byUrgency<T extends Pick<ApprovalItem, "dueAt" | "createdAt">>(items: readonly T[]): T[] {
  return [...items].sort(
    (a, b) => (a.dueAt ?? "9").localeCompare(b.dueAt ?? "9") || a.createdAt.localeCompare(b.createdAt),
  );
}
