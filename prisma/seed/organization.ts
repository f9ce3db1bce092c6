import { newId } from "@/core/ids";
import type { OrganizationId, UserActor } from "@/server/db/tenant";
import { memberActor } from "@/server/auth/actor";
import { admitTo } from "@/server/auth/organization-id";
import { prisma } from "@/server/db/client";
import { businessRoles, demoUsers, emailOf, organizationSlug, type DemoUserKey } from "./people";

export interface DemoOrganization {
  id: OrganizationId;
  actors: Record<DemoUserKey, UserActor>;
}

/** The demo organization with its people; made again after an interrupted first start, it keeps what is there. */
export async function seedOrganization(passwordHash: string, createdAt: Date): Promise<DemoOrganization> {
  const { id } = await prisma().organization.upsert({
    where: { slug: organizationSlug },
    create: { id: newId(), slug: organizationSlug, name: "Holdpoint demo", isDemo: true, createdAt },
    update: {},
    select: { id: true },
  });
  await prisma().businessRole.createMany({
    data: businessRoles.map((role) => ({ organizationId: id, ...role })),
    skipDuplicates: true,
  });
  const actors = await Promise.all(
    demoUsers.map(async (user) => [user.key, await seedUser(id, user, passwordHash, createdAt)] as const),
  );
  // One entry per key of the list, which is the whole type.
  return { id: admitTo(id), actors: Object.fromEntries(actors) as Record<DemoUserKey, UserActor> };
}

async function seedUser(
  organizationId: string,
  user: (typeof demoUsers)[number],
  passwordHash: string,
  createdAt: Date,
): Promise<UserActor> {
  const email = emailOf(user.key);
  const { id } = await prisma().user.upsert({
    where: { email },
    create: { id: newId(), email, name: user.name, passwordHash, createdAt },
    update: { passwordHash },
    select: { id: true },
  });
  const membership = { role: user.role, businessRoles: [...user.businessRoles] };
  await prisma().membership.upsert({
    where: { organizationId_userId: { organizationId, userId: id } },
    create: { organizationId, userId: id, ...membership, createdAt },
    update: membership,
  });
  const member = memberActor({
    userId: id,
    name: user.name,
    email,
    sessionEpoch: 0,
    organizationId,
    teamIds: [],
    ...membership,
  });
  // What the seed does in their name, it does as if they had just signed in.
  return { ...member, session: { id: newId(), provenAt: new Date() } };
}
