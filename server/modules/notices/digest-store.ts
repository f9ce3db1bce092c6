import type { Digest } from "@/core/schedule/digest";
import { hotPool } from "@/server/db/pools";
import type { OrganizationId } from "@/server/db/tenant";

interface Planned {
  digest: Digest;
  /** When it is due. */
  next: Date;
}

/** What a member wants to be sent, and when the next one is due; null where they want none. */
export async function findDigest(organizationId: OrganizationId, userId: string): Promise<Planned | null> {
  const { rows } = await hotPool().query<Planned>({
    name: "digest_find",
    text: `select digest, digest_next as next from notice_preferences
      where organization_id = $1 and user_id = $2 and digest is not null and digest_next is not null`,
    values: [organizationId, userId],
  });
  return rows[0] ?? null;
}

/** What a member wants from now on; null: none. See prisma/functions/22-digest.sql. */
export async function planDigest(
  organizationId: OrganizationId,
  userId: string,
  planned: { digest: Digest; next: number } | null,
): Promise<void> {
  await hotPool().query({
    name: "digest_plan",
    text: "select plan_digest($1, $2, $3, $4)",
    values: [
      organizationId,
      userId,
      planned === null ? null : JSON.stringify(planned.digest),
      planned === null ? null : new Date(planned.next),
    ],
  });
}

/** Plans the next one, with a mail for the one of this time where there is something to say. False where it is done already, or not wanted any more. */
export async function putDigest(
  organizationId: OrganizationId,
  userId: string,
  { at, next, mail }: { at: Date; next: number; mail: { subject: string; body: string } | null },
): Promise<boolean> {
  const { rows } = await hotPool().query<{ sent: boolean }>({
    name: "digest_send",
    text: "select send_digest($1, $2, $3, $4, $5) as sent",
    values: [organizationId, userId, at, new Date(next), mail === null ? null : JSON.stringify(mail)],
  });
  return rows[0]?.sent === true;
}
