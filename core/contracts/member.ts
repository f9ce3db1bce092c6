import { z } from "zod";

export const memberSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  business_roles: z.array(z.string()),
  teams: z.array(z.object({ id: z.uuid(), slug: z.string(), name: z.string() })),
  is_active: z.boolean(),
});
export type MemberItem = z.output<typeof memberSchema>;

export const organizationSchema = z.object({ id: z.uuid(), slug: z.string(), name: z.string(), is_demo: z.boolean() });
export type OrganizationItem = z.output<typeof organizationSchema>;
