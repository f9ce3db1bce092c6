import type { Json } from "@/core/json";
import { hotPool } from "@/server/db/pools";

export interface IdempotencyOwner {
  organizationId: string;
  actorId: string;
  key: string;
}

export interface StoredAnswer {
  requestHash: string;
  /** null while the first request is still being worked on */
  status: number | null;
  response: Json;
}

/** Claims the key for this request. A claim older than a day, or one whose worker died (a minute without an answer), is taken over. */
export async function claimKey(owner: IdempotencyOwner, requestHash: string): Promise<boolean> {
  const { rowCount } = await hotPool().query({
    name: "idempotency_claim",
    text: `insert into idempotency_keys as k (organization_id, actor_id, key, request_hash) values ($1, $2, $3, $4)
      on conflict (organization_id, actor_id, key) do update
        set request_hash = excluded.request_hash, status = null, response = null, created_at = now()
        where k.created_at < now() - interval '1 day'
          or (k.status is null and k.request_hash = excluded.request_hash and k.created_at < now() - interval '1 minute')`,
    values: [owner.organizationId, owner.actorId, owner.key, requestHash],
  });
  return rowCount === 1;
}

export async function findAnswer(owner: IdempotencyOwner): Promise<StoredAnswer | null> {
  const { rows } = await hotPool().query<StoredAnswer>({
    name: "idempotency_find",
    text: `select request_hash as "requestHash", status, response from idempotency_keys
      where organization_id = $1 and actor_id = $2 and key = $3`,
    values: [owner.organizationId, owner.actorId, owner.key],
  });
  return rows[0] ?? null;
}

export async function storeAnswer(owner: IdempotencyOwner, status: number, response: string): Promise<void> {
  await hotPool().query({
    name: "idempotency_store",
    text: `update idempotency_keys set status = $4, response = $5::jsonb
      where organization_id = $1 and actor_id = $2 and key = $3`,
    values: [owner.organizationId, owner.actorId, owner.key, status, response],
  });
}

/** A refused request leaves no trace: it may be corrected and sent again under the same key. */
export async function releaseKey(owner: IdempotencyOwner): Promise<void> {
  await hotPool().query(
    `delete from idempotency_keys where organization_id = $1 and actor_id = $2 and key = $3 and status is null`,
    [owner.organizationId, owner.actorId, owner.key],
  );
}

/** Drops a part of what is older than a day. */
export async function purgeKeys(): Promise<void> {
  await hotPool().query(
    `delete from idempotency_keys where ctid in
      (select ctid from idempotency_keys where created_at < now() - interval '1 day' limit 5000)`,
  );
}
