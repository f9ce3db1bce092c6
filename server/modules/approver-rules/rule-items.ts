import type { RuleDetail, RuleItem } from "@/core/contracts/approver-rule";
import { ruleChanges } from "@/core/approver-rules/changes";
import { sameJson } from "@/core/json-guard";
import { requireScope, type Actor } from "@/server/db/tenant";
import { memberNames } from "@/server/modules/directory/service";
import { existingRule } from "./existing-rule";
import { draftProblems, gapsOf } from "./publish";
import { refNames } from "./references";
import * as repository from "./repository";
import type { RuleRow, RuleUse, VersionRow } from "./repository";

/** The tables of the organization, by name. */
export async function listRules(actor: Actor): Promise<RuleItem[]> {
  requireScope(actor, "workflows:read");
  const { organizationId } = actor;
  const rules = await repository.listRules(organizationId);
  const [live, uses, names] = await Promise.all([
    repository.liveVersions(organizationId, rules),
    repository.usesOf(
      organizationId,
      rules.map(({ key }) => key),
    ),
    memberNames(organizationId),
  ]);
  return rules.map((rule) => toItem(rule, { live: live.get(rule.id) ?? null, uses, names }));
}

/** A table with its draft, what is live of it, and what publishing the draft would change. */
export async function getRule(actor: Actor, key: string): Promise<RuleDetail> {
  requireScope(actor, "workflows:read");
  const { organizationId } = actor;
  const rule = await existingRule(actor, key);
  const [lives, uses, members, problems] = await Promise.all([
    repository.liveVersions(organizationId, [rule]),
    repository.usesOf(organizationId, [key]),
    memberNames(organizationId),
    draftProblems(organizationId, rule),
  ]);
  const live = lives.get(rule.id) ?? null;
  const names = await refNames(organizationId, [rule.draft, ...(live === null ? [] : [live.document])]);
  return {
    ...toItem(rule, { live, uses, names: members }),
    draft: {
      revision: rule.draftRevision,
      document: rule.draft,
      by: members.get(rule.updatedById) ?? "Somebody who left",
      at: rule.updatedAt.toISOString(),
    },
    live: live?.document ?? null,
    problems,
    changes: ruleChanges(live?.document ?? null, rule.draft, (ref) => names[ref] ?? ref),
    gaps: gapsOf(rule.draft, uses),
    names,
  };
}

function toItem(
  rule: RuleRow,
  { live, uses, names }: { live: VersionRow | null; uses: readonly RuleUse[]; names: ReadonlyMap<string, string> },
): RuleItem {
  const using = uses.filter(({ key }) => key === rule.key).map(({ slug, name }) => ({ slug, name }));
  return {
    key: rule.key,
    name: rule.name,
    live_version: rule.liveVersion,
    published_at: live?.publishedAt.toISOString() ?? null,
    published_by: live === null ? null : (names.get(live.publishedById) ?? "Somebody who left"),
    has_changes: live === null || !sameJson(live.document, rule.draft),
    rows: rule.draft.rows.length,
    used_by: using.filter(({ slug }, index) => using.findIndex((other) => other.slug === slug) === index),
  };
}
