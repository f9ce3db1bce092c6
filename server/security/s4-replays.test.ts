import { afterAll, beforeAll, expect, it } from "vitest";
import { addTestKey, addTestMember } from "@/server/auth/identity.testkit";
import { ask, decide, publishAsking, tracesOf } from "./approvals.testkit";
import { attack, type Answer, type Attacked } from "./attacked.testkit";
import { extent, inParallel, report } from "./extent.testkit";

let target: Attacked;
let stranger: Attacked;
beforeAll(async () => {
  target = await attack("replays");
  stranger = await attack("strangers");
  await publishAsking(target, "replayed");
});
afterAll(() => target.close());

it("S4 a decision that was caught on its way is worth nothing a second time, for anybody", async () => {
  const [decided, open, cancelled] = await ask(target, "replayed", 3);
  if (!decided || !open || !cancelled) throw new Error("three approvals were asked for");
  const { operator, viewer } = target.organization.members;
  expect((await decide(target, operator.apiKey, decided.id, "approve")).status).toBe(200);
  expect((await target.send("POST", `/api/v1/runs/${cancelled.runId}/cancel`, { body: "{}" })).status).toBeLessThan(
    300,
  );

  const organizationId = target.organization.id;
  const left = await addTestMember({
    organizationId,
    role: "operator",
    email: `left@${target.organization.slug}.test`,
  });
  await target.rows("delete from memberships where user_id = $1", [left.userId]);
  const expired = await addTestKey(organizationId, operator.userId, ["approvals:decide"], new Date(0));
  const underRun = (runId: string, id: string): Promise<Answer> =>
    target.send("POST", `/api/v1/runs/${runId}/approvals/${id}/approve`, { key: operator.apiKey, body: "{}" });
  const byCookie = (site: string): Promise<Answer> =>
    target.send("POST", "/api/trpc/approvals.decide", {
      key: null,
      headers: { cookie: operator.cookie, "sec-fetch-site": site, origin: "https://evil.example" },
      body: JSON.stringify({ id: open.id, decision: "approved" }),
    });

  const kinds: Readonly<Record<string, () => Promise<Answer>>> = {
    "the same again": () => decide(target, operator.apiKey, decided.id, "approve"),
    "the same, turned round": () => decide(target, operator.apiKey, decided.id, "reject"),
    "of a cancelled run": () => decide(target, operator.apiKey, cancelled.id, "approve"),
    "of another run": () => underRun(decided.runId, open.id),
    "of another run, decided": () => underRun(open.runId, decided.id),
    "by somebody of another organization": () =>
      decide(target, stranger.organization.members.owner.apiKey, open.id, "approve"),
    "by somebody without the right": () => decide(target, viewer.apiKey, open.id, "approve"),
    "by nobody": () => decide(target, null, open.id, "approve"),
    "by somebody who left": () => decide(target, left.apiKey, open.id, "approve"),
    "with a key that has expired": () => decide(target, expired.apiKey, open.id, "approve"),
    "from another site": () => byCookie("cross-site"),
    "from a sibling site": () => byCookie("same-site"),
  };
  // What it allowed is done by then, and nothing more comes of it.
  await expect.poll(async () => (await tracesOf(target, [decided.id]))[0]?.steps).toBe(1);
  const before = await tracesOf(target, [decided.id, open.id, cancelled.id]);
  const each = extent(84, 6);
  const accepted: string[] = [];
  for (const [kind, replay] of Object.entries(kinds))
    await inParallel(Array.from({ length: each }), 4, async () => {
      const { status } = await replay();
      if (status < 400 || status >= 500) accepted.push(`${kind}: ${status}`);
    });
  expect(accepted).toEqual([]);
  expect(await tracesOf(target, [decided.id, open.id, cancelled.id])).toEqual(before);
  report(`S4 replays: ${Object.keys(kinds).length} kinds x ${each}, 0 accepted, all 4xx`);
});
