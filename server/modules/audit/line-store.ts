import type { PoolClient } from "pg";
import { hotPool } from "@/server/db/pools";
import type { OrganizationId } from "@/server/db/tenant";
import type { AuditRow } from "./repository";

/** What of the log is asked for; all of it where nothing is said. */
export interface LineFilter {
  action?: string | undefined;
  /** A user id: what they did by their keys too. `system`: what the product did by itself. */
  person?: string | undefined;
  subjectType?: string | undefined;
  /** Lines about one of these. */
  subjects?: readonly { type: string; id: string }[] | undefined;
  since?: Date | undefined;
  /** Up to but without. */
  until?: Date | undefined;
}

/** Where a line stands in the log, which is read newest first by time. */
export interface LinePosition {
  at: Date;
  id: string;
}

const columns = `line.id, line.at, line.actor, line.action, line.subject_type as "subjectType", line.subject_id as "subjectId",
  line.data, line.address, line.auth, line.payload_hash as "payloadHash"`;

/** Newest first. */
export async function readLines(
  organizationId: OrganizationId,
  filter: LineFilter,
  { limit, after }: { limit: number; after?: LinePosition | undefined },
): Promise<AuditRow[]> {
  const { where, values } = conditions(organizationId, filter);
  const bound =
    after === undefined
      ? ""
      : `and (line.at, line.id) < ($${push(values, after.at)}, $${push(values, after.id)}::bigint)`;
  const { rows } = await hotPool().query<AuditRow & { id: string }>(
    `select ${columns} from audit_entries line where ${where} ${bound} order by line.at desc, line.id desc limit $${push(values, limit)}`,
    values,
  );
  return rows.map((row) => ({ ...row, id: BigInt(row.id) }));
}

/** One connection for several reads in a row. */
export async function onConnection<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await hotPool().connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

/** How many lines there are, or `most`, whichever is less; only those after a position with `newerThan`. */
export async function countLines(
  organizationId: OrganizationId,
  filter: LineFilter,
  { most, newerThan }: { most: number; newerThan?: LinePosition | undefined },
): Promise<number> {
  const { where, values } = conditions(organizationId, filter);
  const bound =
    newerThan === undefined
      ? ""
      : `and (line.at, line.id) > ($${push(values, newerThan.at)}, $${push(values, newerThan.id)}::bigint)`;
  const { rows } = await hotPool().query<{ count: number }>(
    `select count(*)::int as count from (select from audit_entries line where ${where} ${bound} limit $${push(values, most)}) found`,
    values,
  );
  return rows[0]?.count ?? 0;
}

/** The statement is written for what is asked, so that each filter has a plan of its own. */
function conditions(organizationId: OrganizationId, filter: LineFilter): { where: string; values: unknown[] } {
  const values: unknown[] = [organizationId];
  const parts = ["line.organization_id = $1"];
  const add = (value: unknown, part: (place: string) => string): void => {
    if (value !== undefined) parts.push(part(`$${push(values, value)}`));
  };
  add(filter.action, (place) => `line.action = ${place}`);
  add(filter.person, (place) => `coalesce(line.actor->>'userId', line.actor->>'id') = ${place}`);
  add(filter.subjectType, (place) => `line.subject_type = ${place}`);
  add(filter.since, (place) => `line.at >= ${place}`);
  add(filter.until, (place) => `line.at < ${place}`);
  if (filter.subjects !== undefined) {
    const types = push(
      values,
      filter.subjects.map(({ type }) => type),
    );
    const ids = push(
      values,
      filter.subjects.map(({ id }) => id),
    );
    parts.push(`(line.subject_type, line.subject_id) in (select * from unnest($${types}::text[], $${ids}::text[]))`);
  }
  return { where: parts.join(" and "), values };
}

function push(values: unknown[], value: unknown): string {
  return String(values.push(value));
}
