import type { LinkOver } from "@/core/contracts/decision-link";
import { hotPool } from "@/server/db/pools";

export interface LinkRow {
  tokenHash: string;
  organizationId: string;
  waitpointId: string;
  userId: string;
  /** Of somebody without an account. */
  outside: { address: string; mayLook: boolean } | null;
  askedAt: Date;
  isExpired: boolean;
  over: LinkOver | null;
  /** Of the browser that proved itself a short time ago. */
  proofHash: string | null;
}

/** The link of a token, whether it still counts or not. */
export async function findLink(tokenHash: string): Promise<LinkRow | null> {
  const { rows } = await hotPool().query<LinkRow>({
    name: "decision_link",
    text: `select l.token_hash as "tokenHash", l.organization_id as "organizationId", l.waitpoint_id as "waitpointId",
        l.user_id as "userId", case when o.id is not null then
          jsonb_build_object('address', o.address, 'mayLook', w.id is not null and outside_may_look(w, o)) end as outside, coalesce(w.created_at, l.created_at) as "askedAt", l.expires_at < now() as "isExpired",
        case when l.proof_until > now() then l.proof_hash end as "proofHash",
        case when w.status <> 'open' then jsonb_build_object(
          'how', case when w.outcome in ('approved', 'rejected') then w.outcome else 'closed' end,
          'by', w.resolved_by_name, 'at', to_jsonb(w.resolved_at)) end as over
      from decision_links l left join waitpoints w on w.organization_id = l.organization_id and w.id = l.waitpoint_id
      left join outside_people o on o.organization_id = l.organization_id and o.id = l.user_id and not is_member_address(o.organization_id, o.address)
      where l.token_hash = $1`,
    values: [tokenHash],
  });
  return rows[0] ?? null;
}

/** Keeps a new code, which ends the one before, and sends it: both or neither. */
export async function putCode(
  { tokenHash, organizationId }: Pick<LinkRow, "tokenHash" | "organizationId">,
  code: { hash: string; minutes: number; address: string; subject: string; body: string },
): Promise<void> {
  await hotPool().query({
    name: "decision_link_code",
    text: `with kept as (
        update decision_links set code_hash = $3, code_until = now() + make_interval(mins => $4), code_tries = 0
        where token_hash = $1 and organization_id = $2 returning run_id
      ), sent as (
        insert into deliveries (id, organization_id, run_id, kind, channel, address, subject, body)
        select gen_random_uuid(), $2, kept.run_id, 'message', 'email', $5, $6, $7 from kept returning id
      ), requested as (
        insert into event_outbox (id, name, data, dedupe_id, fair_key)
        select gen_random_uuid(), 'delivery/requested', jsonb_build_object('deliveryId', id), 'delivery:' || id, $2::text from sent
      )
      select pg_notify('hp_events', '') from sent`,
    values: [tokenHash, organizationId, code.hash, code.minutes, code.address, code.subject, code.body],
  });
}

/** Counts a try before it is judged, so that many at once cannot slip past. Gives what the code must hash to; null: none is taken any more. */
export async function takeTry(tokenHash: string, most: number): Promise<string | null> {
  const { rows } = await hotPool().query<{ codeHash: string }>({
    name: "decision_link_try",
    text: `update decision_links set code_tries = code_tries + 1
      where token_hash = $1 and code_hash is not null and code_until > now() and code_tries < $2
      returning code_hash as "codeHash"`,
    values: [tokenHash, most],
  });
  return rows[0]?.codeHash ?? null;
}

/** The code was right: it is used up, and the browser with this cookie counts as proven. False when it was used at the same moment. */
export async function putProof(
  tokenHash: string,
  { codeHash, proofHash, minutes }: { codeHash: string; proofHash: string; minutes: number },
): Promise<boolean> {
  const { rowCount } = await hotPool().query({
    name: "decision_link_proof",
    text: `update decision_links set code_hash = null, code_until = null, proof_hash = $3, proof_until = now() + make_interval(mins => $4)
      where token_hash = $1 and code_hash = $2`,
    values: [tokenHash, codeHash, proofHash, minutes],
  });
  return rowCount === 1;
}
