import type { Pool } from "pg";

export interface OutboxEvent {
  id: string;
  name: string;
  data: Record<string, unknown>;
  /** What the server recognises a repeat by. */
  eventId: string;
  /** When it was written, ms. */
  at: number;
  /** How often the server has refused it. */
  attempts: number;
}

/** The relay's side of `event_outbox`. A claim is a lease: `due_at` lies in the future while somebody sends the event. */
export function createOutbox(pool: Pool) {
  return {
    claim: async (limit: number, leaseMs: number): Promise<OutboxEvent[]> => {
      const { rows } = await pool.query<OutboxEvent>({
        name: "outbox_claim",
        text: claimSql,
        values: [limit, leaseMs],
      });
      return rows;
    },
    /** The server has them. */
    accepted: async (ids: string[]): Promise<void> => {
      await pool.query({ name: "outbox_accepted", text: "delete from event_outbox where id = any($1)", values: [ids] });
    },
    /** Nobody knows whether the server has them: the next to claim sends them again. */
    release: async (ids: string[]): Promise<void> => {
      await pool.query({
        name: "outbox_release",
        text: "update event_outbox set due_at = now() where id = any($1)",
        values: [ids],
      });
    },
    /** Sent again after a pause; `refused` counts towards setting it aside. */
    postpone: async (id: string, pauseMs: number, refused: boolean): Promise<void> => {
      await pool.query({ name: "outbox_postpone", text: postponeSql, values: [id, pauseMs, refused ? 1 : 0] });
    },
    /** Sets an event aside with the reason; it is not lost. */
    refuse: async (id: string, reason: string): Promise<void> => {
      await pool.query({ name: "outbox_refuse", text: refuseSql, values: [id, reason] });
    },
  };
}

export type Outbox = ReturnType<typeof createOutbox>;

const claimSql = `update event_outbox set due_at = now() + make_interval(secs => $2::double precision / 1000)
  where id = any(array(select id from event_outbox where due_at <= now() order by due_at limit $1 for update skip locked))
  returning id, name, data, coalesce(dedupe_id, id::text) as "eventId",
    (extract(epoch from created_at) * 1000)::double precision as at, attempts`;

const postponeSql = `update event_outbox
  set due_at = now() + make_interval(secs => $2::double precision / 1000), attempts = attempts + $3 where id = $1`;

const refuseSql = `with gone as (delete from event_outbox where id = $1 returning *)
  insert into refused_events (id, name, data, dedupe_id, reason, created_at)
  select id, name, data, dedupe_id, $2, created_at from gone`;
