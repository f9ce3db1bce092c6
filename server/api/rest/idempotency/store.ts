import type { Json } from "@/core/json";
import { hotPool } from "@/server/db/pools";
import type { Transaction } from "@/server/db/transaction";

export interface IdempotencyOwner {
  organizationId: string;
  actorId: string;
  key: string;
}

/** A key that this request works under. `token` tells the claim from one that took it over. */
export interface Claim extends IdempotencyOwner {
  token: string;
}

export interface StoredAnswer {
  requestHash: string;
  /** null while there is no answer */
  status: number | null;
  response: Json;
  /** The work was done, wholly or in part; without an answer, its answer is lost. */
  worked: boolean;
  /** Its request cannot be at work any more. */
  abandoned: boolean;
}

/** Longer than any request takes. */
const abandoned = "interval '1 minute'";
const where = "organization_id = $1 and actor_id = $2 and key = $3";
const ofClaim = `${where} and claim = $4`;

/**
 * Claims the key for this request. Taken over is a claim older than a day, and one whose process died before the work began
 * to be written.
 */
export async function claimKey(claim: Claim, requestHash: string): Promise<boolean> {
  const { rowCount } = await hotPool().query({
    name: "idempotency_claim",
    text: `insert into idempotency_keys as k (organization_id, actor_id, key, claim, request_hash) values ($1, $2, $3, $4, $5)
      on conflict (organization_id, actor_id, key) do update
        set request_hash = excluded.request_hash, claim = excluded.claim, worked = false, status = null, response = null, created_at = now()
        where k.created_at < now() - interval '1 day'
          or (k.status is null and not k.worked and k.request_hash = excluded.request_hash and k.created_at < now() - ${abandoned})`,
    values: [...ownerOf(claim), claim.token, requestHash],
  });
  return rowCount === 1;
}

export async function findAnswer(owner: IdempotencyOwner): Promise<StoredAnswer | null> {
  const { rows } = await hotPool().query<StoredAnswer>({
    name: "idempotency_find",
    text: `select request_hash as "requestHash", status, response, worked, created_at < now() - ${abandoned} as abandoned
      from idempotency_keys where ${where}`,
    values: ownerOf(owner),
  });
  return rows[0] ?? null;
}

/** In the transaction of the work: notes that it was done. False when somebody else took the key over. */
export async function markWorked(tx: Transaction, claim: Claim): Promise<boolean> {
  const { organizationId, actorId, key, token } = claim;
  const { count } = await tx.idempotencyKey.updateMany({
    where: { organizationId, actorId, key, claim: token },
    data: { worked: true },
  });
  return count === 1;
}

/** False when somebody else took the key over. */
export async function storeAnswer(claim: Claim, status: number, response: string): Promise<boolean> {
  const { rowCount } = await hotPool().query({
    name: "idempotency_store",
    text: `update idempotency_keys set status = $5, response = $6::jsonb where ${ofClaim}`,
    values: [...ownerOf(claim), claim.token, status, response],
  });
  return rowCount === 1;
}

/** A refused request leaves no trace: it may be corrected and sent again under the same key. */
export async function releaseKey(claim: Claim): Promise<void> {
  await hotPool().query(`delete from idempotency_keys where ${ofClaim} and status is null`, [
    ...ownerOf(claim),
    claim.token,
  ]);
}

/** After a failure nobody knows the end of: only what wrote nothing may be tried again. */
export async function releaseUnworked(claim: Claim): Promise<void> {
  await hotPool().query(`delete from idempotency_keys where ${ofClaim} and status is null and not worked`, [
    ...ownerOf(claim),
    claim.token,
  ]);
}

/** Keys are kept for a day. Gives how many there were. */
export async function deleteOldKeys(before: Date, limit: number): Promise<number> {
  const { rowCount } = await hotPool().query(
    `delete from idempotency_keys where ctid = any(array(
      select ctid from idempotency_keys where created_at < $1 order by created_at limit $2 for update skip locked))`,
    [before, limit],
  );
  return rowCount ?? 0;
}

function ownerOf({ organizationId, actorId, key }: IdempotencyOwner): string[] {
  return [organizationId, actorId, key];
}
