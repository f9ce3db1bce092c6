import { AppError } from "@/core/errors";
import type { Actor } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";
import * as repository from "./repository";
import type { RuleRow, VersionRow } from "./repository";

export async function existingRule(actor: Actor, key: string): Promise<RuleRow> {
  const row = await repository.findRule(actor.organizationId, key);
  if (!row) throw notFound();
  return row;
}

export async function lockedRule(tx: Transaction, actor: Actor, key: string): Promise<RuleRow> {
  const row = await repository.lockRule(tx, actor.organizationId, key);
  if (!row) throw notFound();
  return row;
}

export async function existingVersion(actor: Actor, rule: RuleRow, number: number): Promise<VersionRow> {
  const version = await repository.findVersion(actor.organizationId, rule.id, number);
  if (!version) throw new AppError("not_found", `“${rule.name}” has no version ${String(number)}.`);
  return version;
}

/** Throws where somebody else saved since the draft was read. */
export function requireRead(rule: RuleRow, revision: number): void {
  if (rule.draftRevision === revision) return;
  throw new AppError(
    "conflict",
    "Somebody else changed this table since you opened it. Open it again, then make your change on top of theirs.",
  );
}

function notFound(): AppError {
  return new AppError("not_found", "There is no such table of approver rules.");
}
