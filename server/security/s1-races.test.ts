import { afterAll, beforeAll, expect, it } from "vitest";
import { addTestMember } from "@/server/auth/identity.testkit";
import { ask, decide, publishAsking, tracesOf } from "./approvals.testkit";
import { attack, type Attacked } from "./attacked.testkit";
import { extent, report } from "./extent.testkit";
import { expectEveryRunToEnd } from "./runs-end.testkit";

let target: Attacked;
let keys: string[];

beforeAll(async () => {
  target = await attack("races");
  const more = await Promise.all(
    [1, 2, 3].map((each) =>
      addTestMember({
        organizationId: target.organization.id,
        role: "operator",
        email: `operator-${each}@${target.organization.slug}.test`,
      }),
    ),
  );
  keys = [target.organization.members.operator, ...more].map(({ apiKey }) => apiKey);
  await publishAsking(target, "race");
});
afterAll(() => target.close());

it("S1 of many who approve and reject at once exactly one decides, and the others learn of it", async () => {
  const callers = 200;
  const asked = await ask(target, "race", extent(30, 2));
  const outcomes = new Map<string, string>();
  let refused = 0;
  for (const { id } of asked) {
    const answers = await Promise.all(
      Array.from({ length: callers }, async (_, at) => {
        const action = at % 2 === 0 ? "approve" : "reject";
        return { action, ...(await decide(target, keys[at % keys.length] ?? "", id, action)) };
      }),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(callers - 1);
    refused += callers - 1;
    outcomes.set(id, won[0]?.action === "approve" ? "approved" : "rejected");
  }
  await expectEveryRunToEnd(target);
  for (const trace of await tracesOf(target, [...outcomes.keys()])) {
    const outcome = outcomes.get(trace.id);
    expect(trace).toEqual({ id: trace.id, outcome, steps: outcome === "approved" ? 1 : 0, audits: 1 });
  }
  report(
    `S1 races: ${asked.length} approvals x ${callers}, ${asked.length} decided, ${refused} x 409, 0 x 5xx, one step and one audit row each`,
  );
});
