import type { PeopleAsked } from "@/inngest/events";
import { query } from "@/server/modules/approvals/undecidable.testkit";
import { tellPeople } from "./service";

/** What the outbox holds for those who tell people, oldest first; `due`: only what is not for later. */
export async function askedEvents(waitpointId: string, { due = true } = {}): Promise<PeopleAsked[]> {
  const rows = await query<{ data: PeopleAsked }>(
    `select data from event_outbox where name = 'people/asked' and data->>'waitpointId' = $1 ${due ? "and due_at <= now()" : ""}
     order by created_at, data->>'stage'`,
    [waitpointId],
  );
  return rows.map(({ data }) => data);
}

/** Tells what the outbox holds by now, as the worker does. Gives how many were told. */
export async function tellNow(waitpointId: string): Promise<number> {
  let told = 0;
  for (const asked of await askedEvents(waitpointId)) told += await tellPeople(asked);
  await query(
    "delete from event_outbox where name = 'people/asked' and data->>'waitpointId' = $1 and due_at <= now()",
    [waitpointId],
  );
  return told;
}

export const noticesOf = (waitpointId: string) =>
  query<{ userId: string; reason: string; headline: string; cameFrom: string[] }>(
    `select user_id as "userId", reason, headline, came_from as "cameFrom" from notices where waitpoint_id = $1 order by created_at, reason`,
    [waitpointId],
  );

export const mailsTo = (email: string) =>
  query<{ subject: string; body: string }>(
    "select subject, body from deliveries where channel = 'email' and address = $1 order by created_at, id",
    [email],
  );
