import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { eventually } from "@/inngest/runtime/runtime.testkit";
import { addTestMember, type TestMember } from "@/server/auth/identity.testkit";
import { decideApproval, delegateApproval, undoDecision } from "@/server/modules/approvals/service";
import { createRunsScene, edge, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { runStore } from "@/server/modules/runs/service";
import { extent, scenarioLimit } from "./extent.testkit";
import { report } from "./report.testkit";
import { createWebProcesses, type WebProcess, type WebProcesses } from "./web.testkit";

const atOnce = 8;
let scene: RunsScene;
let webs: WebProcesses;
let [one, two]: WebProcess[] = [];
let [kim, lee, ana]: TestMember[] = [];

beforeAll(async () => {
  scene = await createRunsScene();
  webs = await createWebProcesses(scene.database.url);
  [one, two] = await Promise.all([webs.start(), webs.start()]);
  const member = (name: string) =>
    addTestMember({ organizationId: scene.north.id, role: "operator", email: `${name}@north.holdpoint.test` });
  [kim, lee, ana] = [await member("kim"), await member("lee"), await member("ana")];
  for (const [slug, quorum] of [
    ["alone", undefined],
    ["together", { mode: "count", n: 2 }],
  ] as const)
    await scene.publish(slug, {
      startNodeId: "ask",
      nodes: [
        { id: "ask", type: "approval", assignTo: "role:operator", timeoutHours: 24, ...(quorum && { quorum }) },
        ...["approved", "rejected", "timed_out"].map((id) => ({ id, type: "end", output: { came: id } })),
      ],
      edges: ["approved", "rejected", "timed_out"].map((id) => edge("ask", id, id)),
    });
}, 120_000);
afterAll(async () => {
  await webs.close();
  await scene.close();
});

const sql = async <Row extends object>(text: string, values: unknown[]) =>
  (await scene.database.pool.query<Row>(text, values)).rows;

/** Through one of the web processes, with a person's key. */
async function through(
  web: WebProcess | undefined,
  who: TestMember | undefined,
  path: string,
  body: object,
): Promise<number> {
  const { status } = await fetch(`${web?.baseUrl ?? ""}/api/v1${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${who?.apiKey ?? ""}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return status;
}

/** Everything that may happen to a question, in one moment, from two web processes, a page and the worker. */
async function round(n: number): Promise<{ status: string; words: string[] }> {
  const runId = await scene.start(n % 4 === 0 ? "together" : "alone");
  const waiting = await eventually(
    () => sql<{ id: string }>("select id from waitpoints where run_id = $1 and status = 'open'", [runId]),
    ({ length }) => length > 0,
  );
  const id = waiting[0]?.id ?? "";
  const acts: (() => Promise<unknown>)[] = [
    () => through(one, kim, `/approvals/${id}/approve`, {}),
    () => through(two, lee, `/approvals/${id}/reject`, {}),
    () => through(one, lee, `/approvals/${id}/approve`, {}),
    () => through(two, kim, "/approvals/decisions", { decision: "rejected", approvals: [{ id }] }),
    async () => {
      if (!ana) return;
      await decideApproval(ana.actor, id, { decision: n % 2 === 0 ? "approved" : "rejected", via: "ui" });
      if (n % 3 !== 0) await undoDecision(ana.actor, id);
    },
    async () => {
      if (n % 3 !== 1) return;
      await sql("update waitpoints set due_at = now() where id = $1", [id]);
      await runStore().wake(runId);
    },
    async () => ana && n % 4 === 3 && delegateApproval(ana.actor, id, { to: scene.north.members.admin.email }),
    async () => n % 5 === 2 && (await through(two, kim, `/runs/${runId}/cancel`, {})),
    async () =>
      n % 2 === 1 &&
      (await through(two, scene.north.members.owner, `/approvals/${id}/reassign`, {
        assign_to: ["role:operator", "role:admin"],
      })),
  ];
  for (let turn = n % acts.length; turn > 0; turn -= 1) acts.push(acts.shift() as () => Promise<unknown>);
  const results = await Promise.allSettled(acts.map((act) => act()));
  for (const result of results) if (result.status === "fulfilled") expect(result.value).not.toBe(500);
  // What was given on the page counts now, and what nobody decided is decided.
  await sql("update waitpoints set effective_at = now() where id = $1 and given_decision is not null", [id]);
  await runStore().decisionDue({ id, org: scene.north.id });
  // Where two must approve and two have said no, it takes the fourth who is asked.
  for (const who of [kim, lee, ana, scene.north.members.operator])
    await through(two, who, `/approvals/${id}/approve`, {});
  const [run] = await eventually(
    () =>
      sql<{ status: string; came: string | null; open: number }>(
        `select status, output->>'came' as came, (select count(*)::int from waitpoints w where w.run_id = runs.id and w.status = 'open') as open
        from runs where id = $1`,
        [runId],
      ),
    ([row]) => row?.status === "completed" || row?.status === "cancelled" || row?.status === "failed",
  );
  const said = await sql<{ action: string }>("select action from audit_entries where subject_id = $1 order by id", [
    id,
  ]);
  const told = await sql<{ type: string }>("select type from run_events where run_id = $1 order by seq", [runId]);
  const [point] = await sql<{
    status: string;
    outcome: string | null;
    given: unknown;
    votes: { people: string[] }[];
    by: string | null;
  }>("select status, outcome, given_decision as given, votes, resolved_by_id as by from waitpoints where id = $1", [
    id,
  ]);
  const isEnd = (name: string) => /^approval\.(approved|rejected|timed_out)$/.test(name);
  const ends = { audit: said.filter(({ action }) => isEnd(action)), told: told.filter(({ type }) => isEnd(type)) };
  const status = run?.status === "cancelled" ? "cancelled" : (run?.came ?? "none");
  expect({ ...run, given: point?.given, audit: ends.audit.length, told: ends.told.length }).toMatchObject({
    open: 0,
    given: null,
    audit: point?.status === "cancelled" ? 0 : 1,
    told: point?.status === "cancelled" ? 0 : 1,
  });
  if (status !== "cancelled") expect([point?.outcome, ends.audit[0]?.action]).toEqual([status, `approval.${status}`]);
  // Each person has one word.
  const people = z
    .array(z.string())
    .parse([...(point?.votes ?? []).flatMap((vote) => vote.people), ...(point?.by ? [point.by] : [])]);
  expect(new Set(people).size).toBe(people.length);
  return { status, words: said.map(({ action }) => action) };
}

test(
  `approve, reject, vote, give and take back, delegate, run out of time, cancel and reassign at one instant from two web processes, a page and the worker, ${String(extent.decisions)} times: one outcome each, nothing is left open, and the record tells it`,
  scenarioLimit,
  async () => {
    const seen = new Map<string, number>();
    for (let n = 0; n < extent.decisions; n += atOnce) {
      const rounds = Array.from({ length: Math.min(atOnce, extent.decisions - n) }, (_, k) => round(n + k));
      for (const { status } of await Promise.all(rounds)) seen.set(status, (seen.get(status) ?? 0) + 1);
    }
    report({ decisions: extent.decisions, ...Object.fromEntries(seen) });
    expect([...seen.values()].reduce((sum, count) => sum + count, 0)).toBe(extent.decisions);
    expect(seen.size).toBeGreaterThan(1);
    expect(webs.crashes).toEqual([]);
  },
);
