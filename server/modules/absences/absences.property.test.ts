import fc from "fast-check";
import { beforeEach, expect, it } from "vitest";
import type { TestMember } from "@/server/auth/identity.testkit";
import { decideApproval, delegateApproval } from "@/server/modules/approvals/service";
import { ask, checker, north, query } from "@/server/modules/approvals/undecidable.testkit";
import { endAbsence, listAbsences, setAbsence } from "./service";

/**
 * Four members who may decide, two of them asked; each may ask for what a run does, be away, be a deputy, have it delegated. Whatever they do in whatever
 * order: who asked for it is behind no decision on it, and nobody is behind two words of one approval, or behind two steps where nobody decides twice.
 */
let people: TestMember[];
beforeEach(async () => {
  people = [];
  for (const name of ["ana", "bo", "cy", "dee"]) people.push(await checker(name));
  for (const each of people.slice(2))
    await query("update memberships set business_roles = '{}' where user_id = $1", [each.userId]);
  people = people.map((each, at) => (at < 2 ? each : { ...each, actor: { ...each.actor, businessRoles: [] } }));
});

const person = fc.nat(3);
const act = fc.oneof(
  fc.record({ what: fc.constant("away" as const), who: person, deputy: person }),
  fc.record({ what: fc.constant("back" as const), who: person }),
  fc.record({ what: fc.constant("delegate" as const), who: person, deputy: person, second: fc.boolean() }),
  fc.record({
    what: fc.constant("decide" as const),
    who: person,
    second: fc.boolean(),
    decision: fc.constantFrom("approved" as const, "rejected" as const),
    via: fc.constantFrom("ui" as const, "api" as const),
  }),
);
const scene = fc.record({
  requester: person,
  quorum: fc.constantFrom({}, { quorum: { mode: "all" } }, { quorum: { mode: "count", n: 2 } }),
  byRole: fc.boolean(),
  acts: fc.array(act, { minLength: 4, maxLength: 14 }),
});

/** One in which a deputy really decides. */
const spoken = {
  requester: 3,
  quorum: {},
  byRole: false,
  acts: [
    { what: "away" as const, who: 0, deputy: 2 },
    { what: "decide" as const, who: 2, second: false, decision: "approved" as const, via: "api" as const },
  ],
};

/** Who is behind each word about an approval: who pressed, and in whose name. */
async function words(id: string): Promise<string[][]> {
  const [row] = await query<{ votes: { people: string[] }[]; pressed: string | null; named: string | null }>(
    `select votes, coalesce(resolved_by_id::text, given_decision->>'byId') as pressed,
       coalesce(resolution->'onBehalfOf'->>'id', given_decision->'resolution'->'onBehalfOf'->>'id') as named
     from waitpoints where id = $1`,
    [id],
  );
  const last = [row?.pressed ?? null, row?.named ?? null].filter((each) => each !== null);
  return [...(row?.votes.map((vote) => vote.people) ?? []), ...(last.length === 0 ? [] : [last])];
}

it("no sequence of absences, delegations and decisions lets one person be both sides, or speak twice", async () => {
  let spokenInNames = 0;
  await fc.assert(
    fc.asyncProperty(scene, async ({ requester, quorum, byRole, acts }) => {
      const at = (index: number) => {
        const member = people[index];
        if (member === undefined) throw new Error("nobody");
        return member;
      };
      for (const { id } of await listAbsences(at(0).actor)) await endAbsence(north.members.owner.actor, id);
      const of = byRole ? ["role:checker"] : [`user:${at(0).userId}`, `user:${at(1).userId}`];
      const asked = { of, startedBy: at(requester).userId };
      const request = { policy: { requesterCannotApprove: true, neverTwice: true }, ...quorum };
      const [first, second] = [await ask({ ...asked, request }), await ask({ ...asked, request })];
      await query("update waitpoints set run_id = $2, node_id = 'later', key = 'later' where id = $1", [
        second.id,
        first.runId,
      ]);
      // What is refused is what is hoped for.
      const perform = async (step: (typeof acts)[number]): Promise<unknown> => {
        const { actor } = at(step.who);
        if (step.what === "away") return setAbsence(actor, { workflows: [], deputy: at(step.deputy).email });
        if (step.what === "back") {
          const own = (await listAbsences(actor)).find(({ user }) => user.id === actor.userId);
          return own && endAbsence(actor, own.id);
        }
        const { id } = step.second ? second : first;
        if (step.what === "delegate") return delegateApproval(actor, id, { to: at(step.deputy).email });
        return decideApproval(actor, id, { decision: step.decision, via: step.via });
      };
      for (const step of acts) await perform(step).catch(() => undefined);
      const said = [await words(first.id), await words(second.id)];
      for (const each of said) {
        const behind = each.flat();
        expect(new Set(behind).size).toBe(behind.length);
        expect(behind).not.toContain(at(requester).userId);
        spokenInNames += each.filter((two) => two.length === 2).length;
      }
      const [one = [], two = []] = said.map((each) => each.flat());
      expect(one.filter((each) => two.includes(each))).toEqual([]);
    }),
    { numRuns: 15, examples: [[spoken]] },
  );
  // Somebody really spoke for somebody.
  expect(spokenInNames).toBeGreaterThan(0);
});
