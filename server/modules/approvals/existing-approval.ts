import { AppError } from "@/core/errors";
import { readId } from "@/core/ids";
import type { Actor } from "@/server/db/tenant";
import { decisionOf } from "./approval-items";
import { findApproval, type ApprovalRow } from "./repository";

export async function existingApproval(actor: Actor, idText: string): Promise<ApprovalRow> {
  const id = readId("approval", idText);
  const row = id === null ? null : await findApproval(actor.organizationId, id);
  if (!row) throw notFound();
  return row;
}

export function notFound(): AppError {
  return new AppError("not_found", "There is no such approval.");
}

export function alreadyDecided(row: ApprovalRow): AppError {
  const decision = decisionOf(row);
  const at = row.resolvedAt?.toISOString() ?? null;
  const words: Readonly<Record<string, string>> = {
    approved: `${row.resolvedByName ?? "Somebody"} approved this at ${at ?? "an unknown time"}.`,
    rejected: `${row.resolvedByName ?? "Somebody"} rejected this at ${at ?? "an unknown time"}.`,
    timed_out: `This timed out at ${at ?? "an unknown time"}.`,
    cancelled: `The run ended before anybody decided.`,
  };
  return new AppError("approval_already_decided", words[decision ?? ""] ?? "This approval is no longer open.", [], {
    decision,
    decided_by: row.resolvedByName,
    decided_at: at,
  });
}
