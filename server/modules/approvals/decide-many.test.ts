import { describe, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { countInbox } from "@/server/modules/inbox/service";
import { runStore } from "@/server/modules/runs/service";
import { as, asked, manager, scene } from "./decide.testkit";
import { decideApproval, decideMany, delegateApproval, getApproval, previewMany, undoMany } from "./service";

const approve = (...ids: string[]) =>
  decideMany(
    manager.actor,
    ids.map((id) => ({ id })),
    { decision: "approved", via: "ui" },
  );
const sql = async (text: string, values: unknown[]) => (await scene.database.pool.query(text, values)).rows;
const statusOf = async (id: string) => String((await as(manager.apiKey, `/api/v1/approvals/${id}`)).json.status);
const endsOf = async (id: string) =>
  (await sql("select action from audit_entries where subject_id = $1", [id])).filter(({ action }) =>
    /^approval\.(approved|rejected|timed_out)$/.test(String(action)),
  ).length;
const nobody = "00000000-0000-4000-8000-000000000001";

describe("several decisions at once", () => {
  it("each is decided by itself: one that is refused, gone or decided already changes nothing for the others", async () => {
    const [one, two, decided] = [await asked(), await asked(), await asked("noted")];
    const { owner } = scene.north.members;
    await decideApproval(manager.actor, decided.id, { decision: "rejected", via: "api" });
    const elsewhere = await asked("plain");
    const before = await countInbox(manager.actor);
    const results = await approve(one.id, decided.id, elsewhere.id, nobody, two.id);
    expect(results.map(({ id, result }) => [id, result])).toEqual([
      [one.id, "decided"],
      [decided.id, "already_decided"],
      [elsewhere.id, "refused"],
      [nobody, "refused"],
      [two.id, "decided"],
    ]);
    expect(results[1]).toMatchObject({ decision: "rejected", decidedBy: manager.actor.name });
    expect(results[2]).toMatchObject({ code: "not_an_assignee" });
    expect(results[3]).toMatchObject({ code: "not_found" });
    expect(await countInbox(manager.actor)).toBe(before - 2);
    await expect(
      decideMany(scene.north.members.viewer.actor, [{ id: one.id }], { decision: "approved", via: "ui" }),
    ).rejects.toMatchObject({ code: "missing_scope" });
    // Of another organization there is nothing.
    expect(
      await decideMany(scene.south.members.owner.actor, [{ id: one.id }], { decision: "approved", via: "ui" }),
    ).toMatchObject([{ result: "refused", code: "not_found" }]);
    expect(await previewMany(scene.south.members.owner.actor, [one.id])).toEqual([]);
    expect(owner.actor.name).not.toBe(manager.actor.name);
  });

  it("a comment that one of them needs is needed", async () => {
    const { id } = await asked();
    expect(await decideMany(manager.actor, [{ id }], { decision: "rejected", via: "ui" })).toMatchObject([
      { result: "refused", code: "comment_required" },
    ]);
    expect(await decideMany(manager.actor, [{ id }], { decision: "rejected", via: "ui", comment: "No" })).toMatchObject(
      [{ result: "decided" }],
    );
  });

  it("what is not any more as it was shown is not decided, and the others are", async () => {
    const [same, moved] = [await asked("noted"), await asked("noted")];
    const shown = (await previewMany(manager.actor, [same.id, moved.id])).map(({ id, fingerprint }) => ({
      id,
      fingerprint,
    }));
    expect(shown.map(({ id }) => id)).toEqual([same.id, moved.id]);
    await delegateApproval(manager.actor, moved.id, { to: scene.north.members.operator.email });
    const results = await decideMany(manager.actor, shown, { decision: "approved", via: "ui" });
    expect(results).toMatchObject([{ result: "decided" }, { result: "refused", code: "conflict" }]);
    const { fingerprint } = await getApproval(manager.actor, moved.id);
    expect(
      await decideMany(manager.actor, [{ id: moved.id, fingerprint }], { decision: "approved", via: "ui" }),
    ).toMatchObject([{ result: "decided" }]);
  });

  it("they are shown before with their money and what comes of each", async () => {
    const { id } = await asked();
    const [shown] = await previewMany(manager.actor, [id]);
    expect(shown).toMatchObject({
      headline: "Upgrade jane@acme.com to Enterprise",
      figure: "USD 42.6/mo prorated",
      money: { currency: "USD", amount: "42.6" },
      whatHappensNext: { approved: [expect.any(String)] },
    });
  });

  it("one Undo takes them all back that do not count yet, and says which do", async () => {
    const [one, two] = [await asked(), await asked()];
    await approve(one.id, two.id);
    await sql("update waitpoints set effective_at = now() where id = $1", [two.id]);
    await runStore().decisionDue({ id: two.id, org: scene.north.id });
    const kept = await undoMany(manager.actor, [one.id, two.id]);
    expect(kept.map(({ id }) => id)).toEqual([two.id]);
    expect([await statusOf(one.id), await statusOf(two.id)]).not.toContain("rejected");
    expect(await statusOf(two.id)).toBe("approved");
  });

  it("over the API they count at once, at most fifty, each once; a repeat under the same key answers the same", async () => {
    const [one, two] = [await asked("noted"), await asked("noted")];
    const send = (body: object) => as(manager.apiKey, "/api/v1/approvals/decisions", body);
    const approvals = [{ id: one.id }, { id: two.id }, { id: nobody }];
    const answer = await send({ decision: "approved", approvals });
    expect(answer.json).toMatchObject({ decided: 2, voted: 0, refused: 1 });
    await scene.reached(one.runId, "completed");
    const again = { decision: "approved", approvals: [{ id: two.id }] };
    const keyed = () =>
      rest(manager.apiKey, "POST", "/api/v1/approvals/decisions", again, { "idempotency-key": "lot-1" });
    const first = await keyed();
    expect(await keyed()).toMatchObject({ status: first.status, json: first.json });
    expect((await send({ decision: "approved", approvals })).json).toMatchObject({ decided: 0, refused: 3 });
    const many = await send({
      decision: "approved",
      approvals: Array.from({ length: 51 }, (_, n) => ({ id: `a${String(n)}` })),
    });
    expect(many.status).toBe(422);
    expect(JSON.stringify(many.json)).toContain("At most 50 approvals are decided at once");
    const twice = await send({ decision: "approved", approvals: [{ id: one.id }, { id: one.id }] });
    expect(twice.status).toBe(422);
    expect(JSON.stringify(twice.json)).toContain("Name each approval once");
  });

  it("at once, alone, taken back, cancelled and out of time in one moment: one outcome each", async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 40; round += 1) {
      const { id, runId } = await asked();
      const acts: (() => Promise<unknown>)[] = [
        () => approve(id),
        () => as(manager.apiKey, `/api/v1/approvals/${id}/reject`, { comment: "No" }),
        () => undoMany(manager.actor, [id]),
        async () => {
          if (round % 4 !== 1) return;
          await sql("update waitpoints set due_at = now() where id = $1", [id]);
          await runStore().wake(runId);
        },
        () => (round % 3 === 0 ? scene.call("POST", `/api/v1/runs/${runId}/cancel`, {}) : Promise.resolve()),
        () => as(manager.apiKey, "/api/v1/approvals/decisions", { decision: "approved", approvals: [{ id }] }),
      ];
      for (let turn = round % acts.length; turn > 0; turn -= 1) acts.push(acts.shift() as () => Promise<unknown>);
      await Promise.allSettled(acts.map((act) => act()));
      await sql("update waitpoints set effective_at = now() where id = $1 and given_decision is not null", [id]);
      await runStore().decisionDue({ id, org: scene.north.id });
      if ((await statusOf(id)) === "pending") await approve(id);
      await sql("update waitpoints set effective_at = now() where id = $1 and given_decision is not null", [id]);
      await runStore().decisionDue({ id, org: scene.north.id });
      const status = await statusOf(id);
      outcomes.add(status);
      expect(await endsOf(id)).toBe(status === "cancelled" ? 0 : 1);
    }
    expect(outcomes.size).toBeGreaterThan(1);
  });
});
