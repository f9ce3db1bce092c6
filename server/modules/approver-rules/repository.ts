import { ruleDocumentSchema, type RuleDocument } from "@/core/approver-rules/document";
import { prisma, type Prisma } from "@/server/db/client";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";

const columns = {
  id: true,
  key: true,
  name: true,
  draft: true,
  draftRevision: true,
  draftEditors: true,
  liveVersion: true,
  updatedById: true,
  updatedAt: true,
} satisfies Prisma.ApproverRuleSelect;

export type RuleRow = Omit<Prisma.ApproverRuleGetPayload<{ select: typeof columns }>, "draft"> & {
  draft: RuleDocument;
};

const versionColumns = {
  number: true,
  document: true,
  note: true,
  publishedById: true,
  publishedAt: true,
} satisfies Prisma.ApproverRuleVersionSelect;

export type VersionRow = Omit<Prisma.ApproverRuleVersionGetPayload<{ select: typeof versionColumns }>, "document"> & {
  document: RuleDocument;
};

/** More versions are shown on no page. */
const mostVersions = 200;

export async function listRules(organizationId: OrganizationId): Promise<RuleRow[]> {
  const rows = await prisma().approverRule.findMany({
    where: { organizationId, deletedAt: null },
    orderBy: [{ name: "asc" }, { key: "asc" }],
    select: columns,
  });
  return rows.map(readRow);
}

export async function findRule(organizationId: OrganizationId, key: string): Promise<RuleRow | null> {
  const row = await prisma().approverRule.findFirst({
    where: { organizationId, key, deletedAt: null },
    select: columns,
  });
  return row && readRow(row);
}

/** The same, held until the transaction ends: one at a time changes a table. */
export async function lockRule(tx: Transaction, organizationId: OrganizationId, key: string): Promise<RuleRow | null> {
  await tx.$queryRaw`select id::text from approver_rules
    where organization_id = ${organizationId}::uuid and key = ${key} for update`;
  const row = await tx.approverRule.findFirst({ where: { organizationId, key, deletedAt: null }, select: columns });
  return row && readRow(row);
}

export function countRules(tx: Transaction, organizationId: OrganizationId): Promise<number> {
  return tx.approverRule.count({ where: { organizationId, deletedAt: null } });
}

/** A new one; or one that was removed comes back under its key, with the draft that is given, so that versions are counted on. */
export async function putRule(
  tx: Transaction,
  organizationId: OrganizationId,
  {
    id,
    key,
    name,
    document,
    userId,
  }: { id: string; key: string; name: string; document: RuleDocument; userId: string },
): Promise<boolean> {
  const written = { name, draft: document, draftEditors: [userId], updatedById: userId };
  const { count } = await tx.approverRule.updateMany({
    where: { organizationId, key, deletedAt: { not: null } },
    data: { ...written, updatedAt: new Date(), draftRevision: { increment: 1 }, liveVersion: null, deletedAt: null },
  });
  if (count > 0) return true;
  if ((await tx.approverRule.count({ where: { organizationId, key } })) > 0) return false;
  await tx.approverRule.create({
    data: { id, organizationId, key, ...written, createdById: userId },
    select: { id: true },
  });
  return true;
}

export async function saveDraft(
  tx: Transaction,
  organizationId: OrganizationId,
  { id, draftEditors }: RuleRow,
  { name, document, userId }: { name: string; document: RuleDocument; userId: string },
): Promise<void> {
  await tx.approverRule.updateMany({
    where: { organizationId, id },
    data: {
      name,
      draft: document,
      draftRevision: { increment: 1 },
      draftEditors: [...new Set([...draftEditors, userId])],
      updatedById: userId,
      updatedAt: new Date(),
    },
  });
}

/** Writes the next version and has it decide from now on. */
export async function goLive(
  tx: Transaction,
  organizationId: OrganizationId,
  { id, draft }: RuleRow,
  { note, userId }: { note: string; userId: string },
): Promise<number> {
  const { _max } = await tx.approverRuleVersion.aggregate({
    where: { organizationId, ruleId: id },
    _max: { number: true },
  });
  const number = (_max.number ?? 0) + 1;
  await tx.approverRuleVersion.create({
    data: { organizationId, ruleId: id, number, document: draft, note, publishedById: userId },
    select: { number: true },
  });
  await tx.approverRule.updateMany({ where: { organizationId, id }, data: { liveVersion: number, draftEditors: [] } });
  return number;
}

export async function removeRule(tx: Transaction, organizationId: OrganizationId, id: string): Promise<void> {
  await tx.approverRule.updateMany({
    where: { organizationId, id },
    data: { deletedAt: new Date(), liveVersion: null },
  });
}

export async function listVersions(organizationId: OrganizationId, ruleId: string): Promise<VersionRow[]> {
  const rows = await prisma().approverRuleVersion.findMany({
    where: { organizationId, ruleId },
    orderBy: { number: "desc" },
    take: mostVersions,
    select: versionColumns,
  });
  return rows.map(readVersion);
}

/** Those that are live, by the id of their table. */
export async function liveVersions(
  organizationId: OrganizationId,
  rules: readonly RuleRow[],
): Promise<ReadonlyMap<string, VersionRow>> {
  const live = rules.flatMap(({ id, liveVersion }) =>
    liveVersion === null ? [] : [{ ruleId: id, number: liveVersion }],
  );
  if (live.length === 0) return new Map();
  const found = await prisma().approverRuleVersion.findMany({
    where: { organizationId, OR: live },
    select: { ...versionColumns, ruleId: true },
  });
  return new Map(found.map(({ ruleId, ...row }) => [ruleId, readVersion(row)]));
}

export async function findVersion(
  organizationId: OrganizationId,
  ruleId: string,
  number: number,
): Promise<VersionRow | null> {
  const row = await prisma().approverRuleVersion.findFirst({
    where: { organizationId, ruleId, number },
    select: versionColumns,
  });
  return row && readVersion(row);
}

/** A step of a live workflow that asks by a table, and the questions that it answers. */
export interface RuleUse {
  key: string;
  slug: string;
  name: string;
  isReviewed: boolean;
  values: string[];
}

/** Everything live that asks by one of these tables, by name of the workflow. */
export function listUses(
  client: Pick<Transaction, "$queryRaw">,
  organizationId: OrganizationId,
  keys: readonly string[],
): Promise<RuleUse[]> {
  return client.$queryRaw<RuleUse[]>`
    select distinct said->>'table' as key, w.slug, w.name, w.review_required as "isReviewed",
      case when jsonb_typeof(said->'values') = 'object' then array(select jsonb_object_keys(said->'values')) else '{}' end as values
    from workflows w
    join workflow_versions v on v.workflow_id = w.id and v.number = w.published_version
    cross join lateral jsonb_path_query(v.spec::jsonb, 'lax $.**.rules') said
    where w.organization_id = ${organizationId}::uuid and w.archived_at is null and w.status <> 'retired'
      and jsonb_typeof(said) = 'object' and said->>'table' = any(${[...keys]})
    order by w.name, w.slug`;
}

/** The same outside a transaction. */
export function usesOf(organizationId: OrganizationId, keys: readonly string[]): Promise<RuleUse[]> {
  return keys.length === 0 ? Promise.resolve([]) : listUses(prisma(), organizationId, keys);
}

/** Open pages look again. */
export async function announceRules(tx: Transaction, organizationId: OrganizationId): Promise<void> {
  const news = JSON.stringify({ organizationId, kinds: ["people"] });
  await tx.$queryRaw`select pg_notify('hp_live', ${news})::text`;
}

function readRow(row: Prisma.ApproverRuleGetPayload<{ select: typeof columns }>): RuleRow {
  return { ...row, draft: ruleDocumentSchema.parse(row.draft) };
}

function readVersion(row: Prisma.ApproverRuleVersionGetPayload<{ select: typeof versionColumns }>): VersionRow {
  return { ...row, document: ruleDocumentSchema.parse(row.document) };
}
