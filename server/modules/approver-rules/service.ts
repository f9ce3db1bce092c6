import type { z } from "zod";
import {
  mostRules,
  type createRuleSchema,
  type restoreRuleSchema,
  type RuleVersion,
  type saveRuleSchema,
} from "@/core/contracts/approver-rule";
import type { RuleDocument } from "@/core/approver-rules/document";
import { AppError } from "@/core/errors";
import { newId } from "@/core/ids";
import { requireRecentProof } from "@/server/auth/recent-proof";
import { requireStanding } from "@/server/auth/standing";
import { requireScope, type Actor, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import { memberNames } from "@/server/modules/directory/service";
import { existingRule, existingVersion, lockedRule, requireRead } from "./existing-rule";
import * as repository from "./repository";

export { publishRule } from "./publish";
export { getRule, listRules } from "./rule-items";
export { simulate } from "./simulate";

/** What a new table begins with: one question, and nobody is asked until somebody says who. */
const blank: RuleDocument = {
  questions: [{ name: "amount", title: "Amount", type: "money", currency: "EUR" }],
  rows: [],
  otherwise: { refuse: true },
};

/** Makes a table. Nothing asks by it until it is published and a step names it. */
export async function createRule(
  actor: UserActor,
  { key, name, document = blank }: z.output<typeof createRuleSchema>,
): Promise<{ key: string }> {
  requireScope(actor, "workflows:write");
  const { organizationId, userId } = actor;
  return withTransaction(async (tx) => {
    await requireStanding(tx, actor, "workflows:write");
    if ((await repository.countRules(tx, organizationId)) >= mostRules)
      throw new AppError("conflict", `There are ${String(mostRules)} tables already. Remove one that nobody needs.`);
    if (!(await repository.putRule(tx, organizationId, { id: newId(), key, name, document, userId })))
      throw new AppError("slug_taken", `There is a table "${key}" already. Choose another key.`, [
        { code: "slug_taken", path: "key", message: "Choose another key." },
      ]);
    await writeAudit(tx, actor, "approver_rule.created", { type: "approver_rule", id: key }, { name });
    await repository.announceRules(tx, organizationId);
    return { key };
  });
}

/** Changes the draft of whoever read it last; what is live stays as it is. */
export async function saveRule(
  actor: UserActor,
  { key, revision, name, document }: z.output<typeof saveRuleSchema>,
): Promise<{ revision: number }> {
  requireScope(actor, "workflows:write");
  return writeDraft(actor, { key, revision, name, document }, { action: "approver_rule.saved" });
}

/** The draft becomes what a version said; it decides once it is published. */
export async function restoreRule(
  actor: UserActor,
  { key, revision, version }: z.output<typeof restoreRuleSchema>,
): Promise<{ revision: number }> {
  requireScope(actor, "workflows:write");
  const rule = await existingRule(actor, key);
  const { document } = await existingVersion(actor, rule, version);
  return writeDraft(actor, { key, revision, name: rule.name, document }, { action: "approver_rule.restored", version });
}

async function writeDraft(
  actor: UserActor,
  { key, revision, name, document }: z.output<typeof saveRuleSchema>,
  { action, ...what }: { action: string; version?: number },
): Promise<{ revision: number }> {
  const { organizationId, userId } = actor;
  return withTransaction(async (tx) => {
    await requireStanding(tx, actor, "workflows:write");
    const rule = await lockedRule(tx, actor, key);
    requireRead(rule, revision);
    await repository.saveDraft(tx, organizationId, rule, { name, document, userId });
    await writeAudit(tx, actor, action, { type: "approver_rule", id: key }, { name, ...what });
    await repository.announceRules(tx, organizationId);
    return { revision: revision + 1 };
  });
}

/** Every version, newest first. */
export async function listRuleVersions(actor: Actor, key: string): Promise<RuleVersion[]> {
  requireScope(actor, "workflows:read");
  const rule = await existingRule(actor, key);
  const [versions, names] = await Promise.all([
    repository.listVersions(actor.organizationId, rule.id),
    memberNames(actor.organizationId),
  ]);
  return versions.map(({ number, note, document, publishedById, publishedAt }) => ({
    number,
    note,
    publishedBy: names.get(publishedById) ?? "Somebody who left",
    publishedAt: publishedAt.toISOString(),
    isLive: number === rule.liveVersion,
    rows: document.rows.length,
  }));
}

/** Takes a table away; its versions stay for the requests that they asked. Refused while a live workflow asks by it. */
export async function removeRule(actor: UserActor, key: string): Promise<void> {
  requireScope(actor, "members:manage");
  requireRecentProof(actor);
  const { organizationId } = actor;
  await withTransaction(async (tx) => {
    await requireStanding(tx, actor, "members:manage");
    const rule = await lockedRule(tx, actor, key);
    const using = [...new Set((await repository.listUses(tx, organizationId, [key])).map(({ name }) => `“${name}”`))];
    if (using.length > 0)
      throw new AppError(
        "conflict",
        `${using.slice(0, 3).join(", ")} ${using.length === 1 ? "asks" : "ask"} by this table. Have them name people, or another table, and publish them first.`,
      );
    await repository.removeRule(tx, organizationId, rule.id);
    await writeAudit(tx, actor, "approver_rule.removed", { type: "approver_rule", id: key }, { name: rule.name });
    await repository.announceRules(tx, organizationId);
  });
}
