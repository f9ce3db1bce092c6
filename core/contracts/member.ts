import { z } from "zod";
import { calendarSlugSchema } from "@/core/schedule/calendar";

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

/** Business roles and teams: groups of members that work is given to. */
export const groupKinds = ["role", "team"] as const;
export type GroupKind = (typeof groupKinds)[number];

/** Of one organization, of each kind. */
export const mostGroups = 200;

export interface MemberGroup {
  kind: GroupKind;
  /** Of a role what steps call it (`kyc_analyst`), of a team its id. */
  id: string;
  name: string;
  /** How many active members are in it. */
  members: number;
  /** Slug of the working calendar that a team has; null for those without, and for roles. */
  calendar: string | null;
}

const groupId = z.string().min(1).max(64);
export const changeMemberSchema = z.strictObject({
  memberId: z.uuid(),
  roles: z.array(groupId).max(mostGroups),
  teams: z.array(z.uuid()).max(mostGroups),
});
export const saveGroupSchema = z.strictObject({
  kind: z.enum(groupKinds),
  /** Null: a new one. */
  id: groupId.nullable(),
  name: z.string().trim().min(1).max(60),
  /** Slug of the working calendar of a team, null for none; left out: as it is. */
  calendar: calendarSlugSchema.nullable().optional(),
});
export const removeGroupSchema = z.strictObject({ kind: z.enum(groupKinds), id: groupId });

export const organizationSchema = z.object({ id: z.uuid(), slug: z.string(), name: z.string(), is_demo: z.boolean() });
export type OrganizationItem = z.output<typeof organizationSchema>;
