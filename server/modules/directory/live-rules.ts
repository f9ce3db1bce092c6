import { ruleDocumentSchema, type LiveRule } from "@/core/approver-rules/document";
import { prisma, Prisma } from "@/server/db/client";
import type { OrganizationId } from "@/server/db/tenant";

/** The tables of approver rules that decide at this moment, by name. Read each time: what was published a moment ago holds. */
export function liveRules(organizationId: OrganizationId): Promise<LiveRule[]> {
  return readLive(organizationId, Prisma.empty);
}

/** The one of this key; null where none is live. */
export async function liveRule(organizationId: OrganizationId, key: string): Promise<LiveRule | null> {
  const [found] = await readLive(organizationId, Prisma.sql`and r.key = ${key}`);
  return found ?? null;
}

async function readLive(organizationId: OrganizationId, which: Prisma.Sql): Promise<LiveRule[]> {
  const rows = await prisma().$queryRaw<{ key: string; name: string; version: number; document: unknown }[]>`
    select r.key, r.name, v.number as version, v.document
    from approver_rules r join approver_rule_versions v on v.rule_id = r.id and v.number = r.live_version
    where r.organization_id = ${organizationId}::uuid and r.deleted_at is null ${which}
    order by r.name, r.key`;
  return rows.map(({ document, ...row }) => ({ ...row, document: ruleDocumentSchema.parse(document) }));
}
