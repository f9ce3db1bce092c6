import { describe, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { permissionRoles, roleScopes, type Scope } from "@/core/permissions";
import { rest } from "@/server/api/rest/client.testkit";
import type { TestMember } from "@/server/auth/identity.testkit";
import { ask, checker, database, deactivate, north, query, reactivate } from "./undecidable.testkit";

async function why(id: string): Promise<string | null> {
  const [row] = await query<{ why: string | null; since: Date | null }>(
    "select undecidable_why as why, undecidable_since as since from waitpoints where id = $1",
    [id],
  );
  expect(row?.since === null).toBe(row?.why === null);
  return row?.why ?? null;
}

it.each([
  ["approval", "approvals:decide"],
  ["form", "forms:submit"],
  ["handoff", "handoffs:resolve"],
] as const)("K12 the database lets the same roles answer a %s as the product", async (kind, scope: Scope) => {
  const [row] = await query<{ roles: string[] }>("select answering_roles($1) as roles", [kind]);
  expect(row?.roles).toEqual(permissionRoles.filter((role) => roleScopes[role].includes(scope)));
});

describe("K12 it is found when it is asked", () => {
  it.each<[string, () => Promise<Parameters<typeof ask>[0]>, string | null]>([
    ["somebody is there", async () => (await checker("a"), {}), null],
    ["nobody has the role", async () => ({}), "nobody_left"],
    ["who has the role may not decide", async () => (await checker("a", "viewer"), {}), "nobody_left"],
    ["the person is no member", () => Promise.resolve({ of: [`user:${newId()}`] }), "nobody_left"],
    ["a team without people", () => Promise.resolve({ of: [`team:${newId()}`] }), "nobody_left"],
    ["an address that is nobody's", () => Promise.resolve({ of: ["gone@x.test"] }), "nobody_left"],
    ["a permission role", () => Promise.resolve({ of: ["role:operator"] }), null],
    ["one of two is there", () => Promise.resolve({ of: ["role:checker", "role:owner"] }), null],
    [
      "the only one asked for it",
      async () => ({ fourEyes: true, startedBy: (await checker("a")).userId }),
      "requester_only",
    ],
    ["the only one asked for it, without four eyes", async () => ({ startedBy: (await checker("a")).userId }), null],
    [
      "the only one asked for it, in a test",
      async () => ({ fourEyes: true, startedBy: (await checker("a")).userId, test: true }),
      null,
    ],
    ["two must approve and one is there", async () => (await checker("a"), { fourEyes: true }), "too_few"],
    ["two must approve and are there", async () => (await checker("a"), await checker("b"), { fourEyes: true }), null],
    ["a form of nobody in particular", () => Promise.resolve({ kind: "form", of: [] }), null],
    ["a form of somebody who is not there", () => Promise.resolve({ kind: "form" }), "nobody_left"],
    [
      "a form in a conversation",
      () => Promise.resolve({ kind: "form", request: { deliverTo: "conversation" }, conversation: newId() }),
      null,
    ],
    [
      "a form for a conversation that the run does not have",
      async () => (await checker("a"), { kind: "form", request: { deliverTo: "conversation" } }),
      "nobody_left",
    ],
    ["a handoff to approvers, who may not", async () => (await checker("a"), { kind: "handoff" }), "nobody_left"],
    ["a timer", () => Promise.resolve({ kind: "timer", of: [] }), null],
  ])("%s", async (_, facts, expected) => {
    const { id } = await ask(await facts());
    expect(await why(id)).toBe(expected);
  });
});

describe("K12 it is found when people change", () => {
  it.each<[string, (member: TestMember) => Promise<unknown>, (member: TestMember) => Promise<unknown>]>([
    ["is deactivated", deactivate, reactivate],
    [
      "loses the role",
      ({ userId }) => query("update memberships set business_roles = '{}' where user_id = $1", [userId]),
      ({ userId }) => query("update memberships set business_roles = '{checker}' where user_id = $1", [userId]),
    ],
    [
      "may only look",
      ({ userId }) => query("update memberships set role = 'viewer' where user_id = $1", [userId]),
      ({ userId }) => query("update memberships set role = 'approver' where user_id = $1", [userId]),
    ],
    [
      "leaves the organization",
      ({ userId }) => query("delete from memberships where user_id = $1", [userId]),
      ({ userId }) =>
        query(
          "insert into memberships (organization_id, user_id, role, business_roles) values ($1, $2, 'admin', '{checker}')",
          [north.id, userId],
        ),
    ],
  ])("the only one %s, and somebody is there again", async (_, lose, gain) => {
    const only = await checker("only");
    const { id } = await ask({});
    expect(await why(id)).toBeNull();
    await lose(only);
    expect(await why(id)).toBe("nobody_left");
    await gain(only);
    expect(await why(id)).toBeNull();
  });

  it("a team loses its only member, and a business role takes the name of a permission role", async () => {
    const member = await checker("only");
    const team = newId();
    await query("insert into teams (id, organization_id, slug, name, member_ids) values ($1, $2, 't', 'T', $3)", [
      team,
      north.id,
      [member.userId],
    ]);
    const ofTeam = await ask({ of: [`team:${team}`] });
    const ofOperators = await ask({ of: ["role:operator"] });
    expect([await why(ofTeam.id), await why(ofOperators.id)]).toEqual([null, null]);
    await query("update teams set member_ids = '{}' where id = $1", [team]);
    await query("insert into business_roles (organization_id, slug, name) values ($1, 'operator', 'Operator')", [
      north.id,
    ]);
    expect([await why(ofTeam.id), await why(ofOperators.id)]).toEqual(["nobody_left", "nobody_left"]);
  });

  it("the second of two leaves after the first has approved, and one who approved does not count again", async () => {
    const [first, second] = [await checker("first"), await checker("second")];
    const { id } = await ask({ fourEyes: true });
    expect((await rest(first.apiKey, "POST", `/api/v1/approvals/${id}/approve`, {})).status).toBe(200);
    expect(await why(id)).toBeNull();
    await deactivate(second);
    expect(await why(id)).toBe("too_few");
    const events = await query<{ type: string }>(
      "select type from run_events where data->>'waitpoint_id' = $1 order by seq",
      [id],
    );
    expect(events.map(({ type }) => type)).toEqual(["approval.voted", "approval.undecidable"]);
  });

  it("leaves alone what is asked of others, of other organizations, or decided", async () => {
    const only = await checker("only");
    const others = await ask({ of: ["role:operator"] });
    const decided = await ask({});
    await query("update waitpoints set status = 'resolved' where id = $1", [decided.id]);
    await deactivate(only);
    expect([await why(others.id), await why(decided.id)]).toEqual([null, null]);
  });
});

it("K12 who is asked while people change is looked at by one of the two", async () => {
  const only = await checker("only");
  const { id } = await ask({});
  const another = await database.pool.connect();
  try {
    await another.query("begin");
    const copy = newId();
    await another.query(
      `insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, assignees, request)
       select $2, organization_id, run_id, workflow_id, key, node_id, kind, assignees, request from waitpoints where id = $1`,
      [id, copy],
    );
    const leaving = deactivate(only);
    await expect
      .poll(
        async () =>
          (
            await query<{ n: number }>(
              "select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted",
            )
          )[0]?.n,
      )
      .toBe(1);
    await another.query("commit");
    await leaving;
    expect([await why(id), await why(copy)]).toEqual(["nobody_left", "nobody_left"]);
  } finally {
    another.release();
  }
});

it("K12 what is open is found by an index, however much was asked before", async () => {
  const { id } = await ask({ of: [`user:${newId()}`] });
  await query(
    `insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, status, assignees, request, undecidable_since, undecidable_why)
     select gen_random_uuid(), organization_id, run_id, workflow_id, 'old', node_id, kind, 'resolved', assignees, request, undecidable_since, undecidable_why
     from waitpoints, generate_series(1, 5000) where id = $1`,
    [id],
  );
  await query(
    `insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, status, assignees, request)
     select gen_random_uuid(), organization_id, run_id, workflow_id, 'nap', node_id, 'timer', 'open', '{}', '{}'
     from waitpoints, generate_series(1, 5000) where id = $1`,
    [id],
  );
  await query("analyze waitpoints");
  const planOf = async (condition: string) =>
    JSON.stringify(
      await query(
        `explain (format json) select id from waitpoints where organization_id = '${north.id}' and status = 'open' and ${condition}`,
      ),
    );
  expect(await planOf("kind in ('approval', 'form', 'handoff') and assignees && '{role:checker}'")).toMatch(
    /"Index Name":"(?:asked_open\w*|waitpoints_organization_id_kind_status_created_at_idx)"/,
  );
  expect(await planOf("undecidable_since is not null order by undecidable_since desc, id limit 100")).toContain(
    '"Index Name":"waitpoints_undecidable"',
  );
});
