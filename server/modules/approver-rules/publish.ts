import type { z } from "zod";
import type { publishRuleSchema } from "@/core/contracts/approver-rule";
import { ruleChanges } from "@/core/approver-rules/changes";
import { ruleProblems, type RuleProblem } from "@/core/approver-rules/problems";
import type { RuleDocument } from "@/core/approver-rules/document";
import { peopleOf } from "@/core/directory";
import { AppError } from "@/core/errors";
import { namesOutside, withOutside } from "@/core/workflow/rules/outside-people";
import { rulePeopleProblems, rulesAsking } from "@/core/workflow/rules/rule-people";
import type { People } from "@/core/workflow/validate";
import { requireRecentProof } from "@/server/auth/recent-proof";
import { requireStanding } from "@/server/auth/standing";
import { requireScope, type OrganizationId, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import { directoryFacts } from "@/server/modules/directory/service";
import { existingRule, lockedRule, requireRead } from "./existing-rule";
import { refNames } from "./references";
import * as repository from "./repository";
import type { RuleRow, RuleUse } from "./repository";

/**
 * Has the draft decide from now on, as the next version; of two who publish at the same time one does, and the other is told. What was
 * asked before keeps the version that asked it. It says who decides about money, so it takes an administrator and a recent password.
 */
export async function publishRule(
  actor: UserActor,
  { key, revision, liveVersion, note }: z.output<typeof publishRuleSchema>,
): Promise<{ version: number }> {
  requireScope(actor, "members:manage");
  requireRecentProof(actor);
  const { organizationId, userId } = actor;
  const read = await existingRule(actor, key);
  requireRead(read, revision);
  const live = (await repository.liveVersions(organizationId, [read])).get(read.id)?.document ?? null;
  const names = await refNames(organizationId, [read.draft, ...(live === null ? [] : [live])]);
  requireNoErrors(await draftProblems(organizationId, read));
  const changes = ruleChanges(live, read.draft, (ref) => names[ref] ?? ref);
  if (changes.length === 0)
    throw new AppError("conflict", "Nothing is different from what is live, so there is nothing to publish.");
  return withTransaction(async (tx) => {
    await requireStanding(tx, actor, "members:manage");
    const rule = await lockedRule(tx, actor, key);
    requireRead(rule, revision);
    if (rule.liveVersion !== liveVersion || rule.liveVersion !== read.liveVersion)
      throw new AppError(
        "conflict",
        `Somebody else published this table a moment ago, as version ${String(rule.liveVersion ?? 0)}. Look at it, then publish what is still missing.`,
      );
    requireSecondPerson(rule, await repository.listUses(tx, organizationId, [key]), userId);
    const version = await repository.goLive(tx, organizationId, rule, { note, userId });
    await writeAudit(
      tx,
      actor,
      "approver_rule.published",
      { type: "approver_rule", id: key },
      { name: rule.name, version, changes, ...(note === "" ? {} : { note }) },
    );
    await repository.announceRules(tx, organizationId);
    return { version };
  });
}

/** Where a workflow under review asks by it, whoever changed the table is not the one who has it decide. */
function requireSecondPerson({ draftEditors }: RuleRow, uses: readonly RuleUse[], userId: string): void {
  const reviewed = uses.find(({ isReviewed }) => isReviewed);
  if (reviewed === undefined || !draftEditors.includes(userId)) return;
  throw new AppError(
    "review_required",
    `“${reviewed.name}” is under review and asks by this table, so whoever changed the table does not publish it. Ask another administrator to.`,
  );
}

/** What is wrong with a draft, by itself and in the light of who is there. */
export async function draftProblems(
  organizationId: OrganizationId,
  { name, draft }: Pick<RuleRow, "name" | "draft">,
): Promise<RuleProblem[]> {
  const own = ruleProblems(draft);
  const said = new Set(own.map(({ path }) => path));
  const members = peopleOf(await directoryFacts(organizationId));
  const people = rulePeopleProblems(name, draft, withOutside(members));
  return [...own, ...people.filter(({ path }) => !said.has(path)), ...outsideWarnings(name, draft, members)];
}

/** A table knows nothing of the steps that will ask by it. */
function outsideWarnings(name: string, draft: RuleDocument, members: People): RuleProblem[] {
  return rulesAsking(name, draft).flatMap(({ path, called, outcome }) =>
    namesOutside([...outcome.assignTo, ...(outcome.escalateTo ?? [])], members)
      ? [
          {
            severity: "warning" as const,
            path: `${path}.assignTo`,
            message: `${called} names an address of no member. It is asked only by steps that ask people without an account.`,
          },
        ]
      : [],
  );
}

function requireNoErrors(problems: readonly RuleProblem[]): void {
  const errors = problems.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first === undefined) return;
  const more = errors.length > 1 ? ` There are ${String(errors.length - 1)} more.` : "";
  throw new AppError(
    "publish_blocked",
    `This table cannot decide yet: ${first.message}${more}`,
    problems.map((problem) => ({ code: "invalid_rule", ...problem })),
  );
}

/** Of live workflows: what a table asks, and their steps do not say. Their requests would be decided by its last row. */
export function gapsOf({ questions }: RuleDocument, uses: readonly RuleUse[]): string[] {
  return uses.flatMap(({ name, values }) => {
    const missing = questions.filter((question) => !values.includes(question.name)).map(({ title }) => title);
    return missing.length === 0
      ? []
      : [
          `“${name}” does not say ${missing.join(", ")}: until it does, its requests may be decided by the last row, “otherwise”.`,
        ];
  });
}
