import { beforeEach } from "vitest";
import type { SetAbsence } from "@/core/contracts/absence";
import type { TestMember } from "@/server/auth/identity.testkit";
import { decideApproval } from "@/server/modules/approvals/service";
import { checker, north, query } from "@/server/modules/approvals/undecidable.testkit";
import { listInbox } from "@/server/modules/inbox/service";
import { setAbsence } from "./service";

// Importing this sets it up, as that of `undecidable.testkit.ts`.
export let max: TestMember;
/** May decide, and is asked for nothing. */
export let dana: TestMember;

export const without = async (member: TestMember): Promise<TestMember> => {
  await query("update memberships set business_roles = '{}' where user_id = $1", [member.userId]);
  return { ...member, actor: { ...member.actor, businessRoles: [] } };
};

beforeEach(async () => {
  max = await checker("max");
  dana = await without(await checker("dana"));
});

export const away = (who: TestMember, part: Partial<SetAbsence> = {}, by = who) =>
  setAbsence(by.actor, { workflows: [], deputy: dana.email, ...(by === who ? {} : { user: who.email }), ...part });
export const say = (who: TestMember, id: string, part: Partial<Parameters<typeof decideApproval>[2]> = {}) =>
  decideApproval(who.actor, id, { decision: "approved", via: "api", ...part });
export const page = { limit: 50, offset: 0, cursor: undefined };
export const inboxOf = async (who: TestMember) =>
  (await listInbox(who.actor, { view: "pending", search: "", ...page })).items.map(({ id }) => id);
export const askedNow = async (id: string) =>
  (await query<{ user: string }>('select user_id as "user" from asked_now($1, $2)', [north.id, id])).map(
    ({ user }) => user,
  );
export const notMine = { code: "not_an_assignee" };
export const ofMax = () => [`user:${max.userId}`];
