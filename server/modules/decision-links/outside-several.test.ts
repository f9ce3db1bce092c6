import { describe, expect, it } from "vitest";
import { addTestMember } from "@/server/auth/identity.testkit";
import { checker, north, query } from "@/server/modules/approvals/undecidable.testkit";
import { decideApproval } from "@/server/modules/approvals/service";
import { mailsTo, tellNow } from "@/server/modules/notices/told.testkit";
import { due, linkTo, mailedOutside, proven, shown, stateOf } from "./decision-links.testkit";
import { decideByLink } from "./service";

describe("A11 four eyes and several, with people outside", () => {
  it.each([
    ["requested_by", "JAN+lease@law.test"],
    ["contact", "jan@law.test"],
  ])("an address by which the run knows who asked decides nothing: %s", async (by, known) => {
    const { id, runId } = await mailedOutside("jan+x@law.test", {
      of: [],
      fourEyes: true,
      startedBy: north.members.builder.userId,
    });
    if (by === "contact") {
      await query(
        "insert into contacts (id, organization_id, name, email) values (gen_random_uuid(), $1, 'Jan', $2) on conflict do nothing",
        [north.id, known],
      );
      await query(
        "update runs set contact_id = (select id from contacts where organization_id = $2 and email = $3) where id = $1",
        [runId, north.id, known],
      );
    } else await query("update runs set requested_by = $2 where id = $1", [runId, known]);
    await query("update waitpoints set assignees = '{email:jan+x@law.test}' where id = $1", [id]);
    expect(await stateOf(id)).toEqual({ status: "open", why: "requester_only" });
    await tellNow(id);
    expect(await mailsTo("jan+x@law.test")).toEqual([]);
  });

  it("whoever began the run does not decide it by a second spelling of their own address", async () => {
    const kim = await checker("kim");
    const tagged = kim.email.replace("@", "+me@");
    const { id } = await mailedOutside(tagged, { fourEyes: true, startedBy: kim.userId });
    expect(await stateOf(id)).toEqual({ status: "open", why: "requester_only" });
    expect(await mailsTo(tagged)).toEqual([]);
  });

  it("both of two must approve, each by their own link, at the same time, and none twice by another spelling", async () => {
    const all = { quorum: { mode: "all" } };
    const [lea, max] = ["lea@law.test", "max@law.test"];
    const { id } = await mailedOutside(lea, { of: [`email:${lea}`, `email:${max}`], request: all });
    const [one, two] = [
      await proven(await linkTo(lea), { email: lea }),
      await proven(await linkTo(max), { email: max }),
    ];
    const [first, second] = [await shown(one), await shown(two)];
    const done = await Promise.all([
      decideByLink(one, { decision: "approved", nonce: first.nonce }),
      decideByLink(two, { decision: "approved", nonce: second.nonce }),
    ]);
    expect(done.filter(({ undoUntil }) => undoUntil !== null)).toHaveLength(1);
    expect(await due(id)).toMatchObject({ ok: true });
    const [row] = await query<{ votes: { byRef: string }[] }>("select votes from waitpoints where id = $1", [id]);
    expect([`email:${lea}`, `email:${max}`]).toContain(row?.votes[0]?.byRef);

    const tags = ["email:nia@law.test", "email:nia+2@law.test"];
    const twice = await mailedOutside("nia@law.test", { of: tags, request: { quorum: { mode: "count", n: 2 } } });
    const nia = await proven(twice.visitor, twice);
    await decideByLink(nia, { decision: "approved", nonce: (await shown(nia)).nonce });
    expect(await stateOf(twice.id)).toEqual({ status: "open", why: "too_few" });
  });

  it("asks one after the other, members and people outside alike", async () => {
    const kim = await checker("kim");
    const stages = [`user:${kim.userId}`, "email:ola@law.test"];
    const { id } = await mailedOutside("ola@law.test", {
      of: stages.slice(0, 1),
      request: { quorum: { mode: "sequence", stages } },
    });
    expect(await mailsTo("ola@law.test")).toEqual([]);
    await decideApproval(kim.actor, id, { decision: "approved", via: "api" });
    await tellNow(id);
    const ola = await proven(await linkTo("ola@law.test"), { email: "ola@law.test" });
    await decideByLink(ola, { decision: "approved", nonce: (await shown(ola)).nonce });
    expect(await due(id)).toMatchObject({ ok: true });
  });

  it("whoever decided outside and is a member by now does not decide another step of the run", async () => {
    const first = await mailedOutside("pia@law.test");
    const pia = await proven(first.visitor, first);
    await decideByLink(pia, { decision: "approved", nonce: (await shown(pia)).nonce });
    await due(first.id);
    const member = await addTestMember({ organizationId: north.id, role: "approver", email: "pia@law.test" });
    const second = await mailedOutside("x@law.test", {
      of: [`user:${member.userId}`],
      request: { policy: { neverTwice: true } },
    });
    await query("update waitpoints set run_id = $2, node_id = 'other', key = 'other' where id = $1", [
      second.id,
      first.runId,
    ]);
    await expect(decideApproval(member.actor, second.id, { decision: "approved", via: "api" })).rejects.toMatchObject({
      code: "person_has_decided",
    });
  });
});
