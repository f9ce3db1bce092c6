import { describe, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { ask, checker, deactivate, north, query, reactivate } from "./undecidable.testkit";

const mails = () =>
  query<{ address: string; subject: string; body: string }>(
    "select address, subject, body from deliveries where organization_id = $1 and channel = 'email' order by created_at, id",
    [north.id],
  );

describe("K12 it is told", () => {
  it("once to the workflow's owner, in the history, the log and to subscribers, and so is its end", async () => {
    await query(
      "insert into webhook_subscriptions (id, organization_id, url, secret_sealed) values ($1, $2, 'https://hear.test', 'x')",
      [newId(), north.id],
    );
    const only = await checker("only");
    const asked = [await ask({}), await ask({})];
    await deactivate(only);
    await query("update memberships set business_roles = '{checker,other}' where user_id = $1", [only.userId]);
    expect(await mails()).toEqual([
      expect.objectContaining({
        address: north.members.builder.email,
        subject: expect.stringMatching(/^Nobody can decide: /),
      }),
      expect.objectContaining({
        address: north.members.builder.email,
        subject: expect.stringMatching(/^Nobody can decide: /),
      }),
    ]);
    await reactivate(only);
    expect((await mails()).map(({ subject }) => subject.split(":")[0])).toEqual([
      "Nobody can decide",
      "Nobody can decide",
      "Somebody can decide again",
      "Somebody can decide again",
    ]);
    for (const { id, runId } of asked) {
      const types = ["approval.undecidable", "approval.decidable"];
      expect(
        await query("select type from run_events where run_id = $1 and type like 'approval.%' order by seq", [runId]),
      ).toEqual(types.map((type) => ({ type })));
      expect(await query("select action from audit_entries where subject_id = $1 order by id", [id])).toEqual(
        types.map((action) => ({ action })),
      );
      expect(
        await query(
          "select subject, payload->>'id' as id, payload->>'why' as why from deliveries where run_id = $1 and kind = 'webhook' order by created_at, subject desc",
          [runId],
        ),
      ).toEqual([
        { subject: "approval.undecidable", id, why: "nobody_left" },
        { subject: "approval.decidable", id, why: null },
      ]);
    }
  });

  it("in one message for many questions of a workflow", async () => {
    const only = await checker("only");
    const { id, runId } = await ask({});
    for (let more = 0; more < 11; more += 1)
      await query(
        `insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, assignees, request)
         select $2, organization_id, run_id, workflow_id, key, node_id, kind, assignees, request from waitpoints where id = $1`,
        [id, newId()],
      );
    await deactivate(only);
    expect(await mails()).toEqual([
      expect.objectContaining({ body: expect.stringContaining("12 questions of") as string }),
    ]);
    expect(
      await query("select count(*)::int as n from run_events where run_id = $1 and type = 'approval.undecidable'", [
        runId,
      ]),
    ).toEqual([{ n: 12 }]);
  });

  it("to owners and administrators where the workflow's owner has left, and not of tests", async () => {
    await deactivate(north.members.builder);
    await ask({});
    const told = (await mails()).map(({ address }) => address);
    expect(told).toEqual(expect.arrayContaining([north.members.admin.email, north.members.owner.email]));
    expect(told).not.toContain(north.members.builder.email);
    expect(told).not.toContain(north.members.operator.email);
    await ask({ test: true });
    expect(await mails()).toHaveLength(told.length);
  });
});
