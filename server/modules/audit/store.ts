import type { ClientBase } from "pg";
import type { ChainedLine } from "./chain";

/** One link of an organization's chain. */
export interface Seal {
  organizationId: string;
  lastId: string;
  entries: number;
  hash: string;
  /** ISO 8601 */
  sealedAt: string;
}

const isoText = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const sealColumnsOf = (seal: string) =>
  `${seal}.organization_id as "organizationId", ${seal}.last_id::text as "lastId", ${seal}.entries, ${seal}.hash, ${isoText(`${seal}.sealed_at`)} as "sealedAt"`;
const sealColumns = sealColumnsOf("audit_seals");

/** Lines with `after` < id <= `upTo` (null: no bound), by id; of one organization, or of all. JSON comes as the text that the database keeps of it. */
export async function linesBetween(
  client: ClientBase,
  { organizationId, after, upTo }: { organizationId: string | null; after: string | null; upTo: string | null },
): Promise<ChainedLine[]> {
  const { rows } = await client.query<ChainedLine>(
    `select id::text, organization_id as "organizationId", ${isoText("at")} as at, actor::text, action, subject_type as "subjectType",
        subject_id as "subjectId", data::text, address, auth, payload_hash as "payloadHash"
      from audit_entries line where ($1::uuid is null or organization_id = $1) and ($2::bigint is null or line.id > $2)
        and ($3::bigint is null or line.id <= $3) order by line.id`,
    [organizationId, after, upTo],
  );
  return rows;
}

/** The newest link of each of these organizations; of all without. */
export async function listHeads(client: ClientBase, organizationIds?: readonly string[]): Promise<Seal[]> {
  const { rows } = await client.query<Seal>(
    `select distinct on (organization_id) ${sealColumns} from audit_seals
      where $1::uuid[] is null or organization_id = any($1) order by organization_id, last_id desc`,
    [organizationIds ?? null],
  );
  return rows;
}

/** The links that cover these lines, oldest first, each with what it stands on. */
export async function sealsOver(
  client: ClientBase,
  organizationId: string,
  ids: readonly string[],
): Promise<(Seal & { previous: string | null; after: string | null })[]> {
  const { rows } = await client.query<Seal & { previous: string | null; after: string | null }>(
    `select ${sealColumnsOf("seal")}, before.hash as previous, before.last_id::text as after
      from (select distinct first.last_id from unnest($2::bigint[]) as line(id), lateral (
        select last_id from audit_seals where organization_id = $1 and last_id >= line.id order by last_id limit 1) first) covering
      join audit_seals seal using (last_id)
      left join lateral (select hash, last_id from audit_seals earlier where earlier.organization_id = $1 and earlier.last_id < seal.last_id
        order by last_id desc limit 1) before on true
      where seal.organization_id = $1 order by seal.last_id`,
    [organizationId, [...ids]],
  );
  return rows;
}

/** An organization's whole chain, oldest link first. */
export async function listSeals(client: ClientBase, organizationId: string): Promise<Seal[]> {
  const { rows } = await client.query<Seal>(
    `select ${sealColumns} from audit_seals where organization_id = $1 order by last_id`,
    [organizationId],
  );
  return rows;
}

export async function insertSeal(client: ClientBase, seal: Omit<Seal, "sealedAt">): Promise<void> {
  await client.query("insert into audit_seals (organization_id, last_id, entries, hash) values ($1, $2, $3, $4)", [
    seal.organizationId,
    seal.lastId,
    seal.entries,
    seal.hash,
  ]);
}

/** Up to where everybody's lines are sealed, and the newest line there is; "0" for none. */
export async function readExtent(client: ClientBase): Promise<{ sealed: string; newest: string }> {
  const { rows } = await client.query<{ sealed: string; newest: string }>(
    `select coalesce((select max(last_id) from audit_seals), 0)::text as sealed,
      coalesce((select max(id) from audit_entries), 0)::text as newest`,
  );
  return rows[0] ?? { sealed: "0", newest: "0" };
}

/**
 * The transactions of this database that have written something and not ended. A line takes its transaction's number before its own: whoever
 * may still bring a line with a smaller number than one that is seen is among them. What other databases of the server do is their own.
 */
export async function listUnderWay(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ transaction: string }>(
    `select held.transactionid::text as transaction from pg_locks held left join pg_stat_activity holder using (pid)
     where ${ownTransaction}
       and (holder.datid is null or holder.datid = (select oid from pg_database where datname = current_database()))`,
  );
  return rows.map(({ transaction }) => transaction);
}

/** Whether all these transactions have ended. */
export async function haveEnded(client: ClientBase, transactions: readonly string[]): Promise<boolean> {
  const { rows } = await client.query<{ ended: boolean }>(
    `select not exists (select from pg_locks held where ${ownTransaction} and held.transactionid::text = any($1)) as ended`,
    [transactions],
  );
  return rows[0]?.ended === true;
}

/** Each transaction that has a number holds a lock on it until it ends; whoever waits for its end asks for a shared one. */
const ownTransaction = "held.locktype = 'transactionid' and held.mode = 'ExclusiveLock' and held.granted";

/** The last of the next `limit` lines after an id, and at most `upTo`; null when there is none. */
export async function endOfBatch(
  client: ClientBase,
  { after, upTo, limit }: { after: string; upTo: string; limit: number },
): Promise<string | null> {
  const { rows } = await client.query<{ last: string | null }>(
    `select max(id)::text as last from (
      select id from audit_entries where id > $1::bigint and id <= $2::bigint order by id limit $3) next`,
    [after, upTo, limit],
  );
  return rows[0]?.last ?? null;
}

/** One sealer at a time, until the end of the transaction; false when another is at it. */
export async function lockChains(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>("select pg_try_advisory_xact_lock($1) as locked", [
    chainLock,
  ]);
  return rows[0]?.locked === true;
}

const chainLock = 7_145_207;

/** Organizations that have lines or links; of each its name, where it still has one. */
export async function listChained(client: ClientBase): Promise<{ id: string; name: string | null }[]> {
  const { rows } = await client.query<{ id: string; name: string | null }>(
    `select known.id, (select name from organizations o where o.id = known.id) as name
      from (select organization_id as id from audit_entries union select organization_id from audit_seals) known order by 2, 1`,
  );
  return rows;
}
