import { scopes } from "@/core/permissions";
import { hashPassword } from "@/server/auth/password";
import { prisma } from "@/server/db/client";
import type { UserActor } from "@/server/db/tenant";
import { createApiKey } from "@/server/modules/api-keys/service";
import { seedApproverRules } from "./approver-rules";
import { seedCalendars } from "./calendars";
import { seedConnections } from "./connections";
import { seedConversations } from "./conversations";
import { hasCredentials, moveCredentials, newPassword, writeCredentials } from "./credentials";
import { seedHistory } from "./history/seed-history";
import { seedOrganization } from "./organization";
import { organizationSlug } from "./people";
import { seedWorkflows } from "./workflows";

const fifteenDays = 15 * 24 * 3_600_000;
const keyName = "Demo key for scripts";

/** Creates the demo organization, goes on with one that was interrupted, or moves a finished one to the address of today. */
export async function seedDemo(): Promise<void> {
  const known = await prisma().organization.findUnique({ where: { slug: organizationSlug }, select: { id: true } });
  if (known && hasCredentials()) {
    await seedConnections(known.id);
    moveCredentials();
    return;
  }
  const now = Date.now();
  const begun = new Date(now - fifteenDays);
  const password = newPassword();
  const organization = await seedOrganization(await hashPassword(password), begun);
  const { owner } = organization.actors;
  const [contacts] = await Promise.all([seedConversations(organization.id, begun), seedConnections(organization.id)]);
  const workflows = await seedWorkflows(owner, now);
  await seedApproverRules(owner, begun);
  await seedCalendars(owner, begun);
  await seedHistory({ organization, contacts, workflows, now });
  const apiKey = await seedApiKey(owner);
  const jane = contacts.get("jane@acme.com");
  if (!jane) throw new Error("The demo has no conversation with Jane");
  writeCredentials({ apiKey, password, conversationToken: jane.token });
}

/** A key is shown once: the one of an interrupted start is lost and goes. */
async function seedApiKey(owner: UserActor): Promise<string> {
  await prisma().apiKey.updateMany({
    where: { organizationId: owner.organizationId, name: keyName, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  return (await createApiKey(owner, { name: keyName, scopes: [...scopes] })).key;
}
