import fc from "fast-check";
import { beforeEach, expect, it } from "vitest";
import type { QuorumMode } from "@/core/quorum";
import type { TestMember } from "@/server/auth/identity.testkit";
import { decideApproval, getApproval } from "./service";
import { ask, checker, north } from "./undecidable.testkit";

const most = 4;
let people: TestMember[];
beforeEach(async () => {
  people = [];
  for (let n = 0; n < most; n += 1) people.push(await checker(`checker-${String(n)}`));
});

interface Word {
  person: number;
  decision: "approved" | "rejected";
  via: "ui" | "api";
}
type Result = "pending" | "approved" | "rejected";

/** The rule in plain words: each person counts once, and it is decided as soon as no further word can change it. */
function expected(mode: QuorumMode, n: number, words: readonly Word[]): { result: Result; refused: number } {
  const needed = { any: 1, sequence: 1, all: most, count: n, percent: Math.max(1, Math.ceil((n * most) / 100)) }[mode];
  const spoken = new Map<number, Word["decision"]>();
  let result: Result = "pending";
  let refused = 0;
  for (const { person, decision } of words) {
    if (result !== "pending" || spoken.has(person)) {
      refused += 1;
      continue;
    }
    spoken.set(person, decision);
    const approvals = [...spoken.values()].filter((each) => each === "approved").length;
    const isVote = mode === "count" || mode === "percent";
    if (decision === "rejected" && !isVote) result = "rejected";
    else if (approvals >= needed) result = "approved";
    else if (isVote && approvals + most - spoken.size < needed) result = "rejected";
  }
  return { result, refused };
}

const word = fc.record({
  person: fc.nat(most - 1),
  decision: fc.constantFrom("approved" as const, "rejected" as const),
  via: fc.constantFrom("ui" as const, "api" as const),
});
const quorum = fc.oneof(
  fc.record({ mode: fc.constantFrom("any" as const, "all" as const) }),
  fc.record({ mode: fc.constant("count" as const), n: fc.integer({ min: 1, max: most }) }),
  fc.record({ mode: fc.constant("percent" as const), n: fc.integer({ min: 1, max: 100 }) }),
);

it("any, all, so many and a share of those who are asked decide, whatever they say in whatever order, each once", async () => {
  await fc.assert(
    fc.asyncProperty(quorum, fc.array(word, { maxLength: 8 }), async (given, words) => {
      const { id } = await ask({ request: given.mode === "any" ? {} : { quorum: given } });
      let refused = 0;
      for (const { person, decision, via } of words) {
        const member = people[person];
        if (member === undefined) throw new Error("nobody");
        await decideApproval(member.actor, id, { decision, via }).catch(() => (refused += 1));
      }
      const model = expected(given.mode, "n" in given ? given.n : 1, words);
      const after = await getApproval(north.members.owner.actor, id);
      expect({ result: after.status, refused }).toEqual(model);
      // Nobody is named twice, and the record holds every word that counted.
      const said = [
        ...after.votes.map(({ name }) => name),
        ...(after.decidedBy === null ? [] : [after.decidedBy.name]),
      ];
      expect(new Set(said).size).toBe(said.length);
      expect(said).toHaveLength(words.length - refused);
    }),
    { numRuns: 60 },
  );
});

it("all at the same instant: one decision, from as many different people as it takes", async () => {
  for (let round = 0; round < 25; round += 1) {
    const n = 1 + (round % most);
    const { id } = await ask({ request: { quorum: { mode: "count", n } } });
    const pressed = people.flatMap((person) => [person, person]);
    const results = await Promise.allSettled(
      pressed.map(({ actor }, index) =>
        decideApproval(actor, id, { decision: "approved", via: index % 2 === 0 ? "ui" : "api" }),
      ),
    );
    const after = await getApproval(north.members.owner.actor, id);
    expect(after.status).toBe("approved");
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(n);
    const said = [...after.votes.map(({ name }) => name), after.decidedBy?.name];
    expect(said).toHaveLength(n);
    expect(new Set(said).size).toBe(n);
  }
});
