import { describe, expect, it } from "vitest";
import { north, query } from "@/server/modules/approvals/undecidable.testkit";
import { listOwnNotices } from "@/server/modules/notices/service";
import { away, dana, max, page } from "./absences.testkit";
import { endAbsence, listAbsences } from "./service";

describe("an absence is set", () => {
  it("by oneself or by an administrator, who end it too; not by colleagues", async () => {
    const { admin, owner } = north.members;
    await expect(away(max, {}, dana)).rejects.toMatchObject({ code: "missing_scope" });
    const { id } = await away(max, { note: "At sea" }, admin);
    expect(await listAbsences(dana.actor)).toMatchObject([
      {
        user: { name: max.actor.name },
        deputy: { name: dana.actor.name },
        note: "At sea",
        set_by: admin.actor.name,
        is_away: true,
      },
    ]);
    await expect(endAbsence(dana.actor, id)).rejects.toMatchObject({ code: "missing_scope" });
    await endAbsence(owner.actor, id);
    expect(
      await query(
        "select action, actor->>'id' as by from audit_entries where subject_id = $1 and action like 'absence.%' order by id",
        [max.userId],
      ),
    ).toEqual([
      { action: "absence.set", by: admin.userId },
      { action: "absence.ended", by: owner.userId },
    ]);
  });

  it("the deputy is told, in the bell and by e-mail, once", async () => {
    await away(max);
    expect((await listOwnNotices(dana.actor, page)).items).toMatchObject([
      { kind: "absence", reason: "deputy", waitpointId: null, isOpen: true, cameFrom: [max.actor.name] },
    ]);
    const mails = await query<{ subject: string }>("select subject from deliveries where address = $1", [dana.email]);
    expect(mails).toEqual([{ subject: `You answer for ${max.actor.name} while they are away` }]);
  });

  it("once for each time, also by two presses in one moment; never by or for nobody, oneself, a viewer, a stranger", async () => {
    const both = await Promise.allSettled([away(max), away(max)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(away(max, { from: "2098-01-01T00:00:00Z" })).rejects.toMatchObject({ code: "conflict" });
    const unfit = { code: "validation_failed" };
    await expect(away(dana, { deputy: dana.email })).rejects.toMatchObject(unfit);
    await expect(away(dana, { deputy: north.members.viewer.email })).rejects.toMatchObject(unfit);
    await expect(away(dana, { deputy: "kim@south.test" })).rejects.toMatchObject(unfit);
    await expect(away(dana, { deputy: null, until: "2001-01-01T00:00:00Z" })).rejects.toMatchObject(unfit);
    await expect(away(dana, { deputy: null, workflows: ["none"] })).rejects.toMatchObject(unfit);
  });

  it("naming a deputy takes a recent password", async () => {
    const session = max.actor.session;
    if (!session) throw new Error("signed in");
    const stale = { ...max, actor: { ...max.actor, session: { ...session, provenAt: new Date(0) } } };
    await expect(away(stale)).rejects.toMatchObject({ code: "password_required" });
    await away(stale, { deputy: null });
  });
});
