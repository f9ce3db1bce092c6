import { describe, expect, it } from "vitest";
import type { LinkProof } from "@/core/contracts/approval";
import { AppError } from "@/core/errors";
import { hashToken } from "@/server/digest";
import { addTestMember } from "@/server/auth/identity.testkit";
import { deactivate, north, query } from "@/server/modules/approvals/undecidable.testkit";
import { decideApproval, getApproval } from "@/server/modules/approvals/service";
import { runStore } from "@/server/modules/runs/service";
import { decideByLink, lookAtLink, proveLink, sendLinkCode, undoByLink } from "./service";
import { codeTo, mailed, proven, shown } from "./decision-links.testkit";

const wrong = (code: string): string => (code === "000000" ? "000001" : "000000");

describe("A17 the link in a mail", () => {
  it("is a person's own, and the database cannot open it", async () => {
    const { token, id, kim } = await mailed();
    expect(token).toHaveLength(64);
    const rows = await query<{ token_hash: string; user_id: string; waitpoint_id: string }>(
      "select token_hash, user_id, waitpoint_id from decision_links where waitpoint_id = $1",
      [id],
    );
    expect(rows).toEqual([{ token_hash: hashToken(token), user_id: kim.userId, waitpoint_id: id }]);
  });

  it("says no more than that something waits, and since when, to whoever has not proven themselves", async () => {
    const { visitor, id } = await mailed();
    const page = await lookAtLink(visitor);
    expect(page).toEqual({
      state: "locked",
      askedAt: expect.any(String) as string,
      signedInAsOther: false,
      isOutside: false,
      over: null,
    });
    const other = north.members.admin.actor;
    expect(await lookAtLink({ ...visitor, signedIn: other })).toMatchObject({ state: "locked", signedInAsOther: true });
    await expect(
      decideByLink({ ...visitor, signedIn: other }, { decision: "approved", nonce: "x" }),
    ).rejects.toMatchObject({
      code: "unauthenticated",
    });
    expect(await query("select status from waitpoints where id = $1", [id])).toEqual([{ status: "open" }]);
  });

  it("says without a code that it is over, who decided and when, and nothing of what it was about", async () => {
    const { visitor, id, kim } = await mailed();
    await decideApproval(kim.actor, id, { decision: "rejected", via: "api", comment: "No" });
    expect(await lookAtLink(visitor)).toEqual({
      state: "locked",
      askedAt: expect.any(String) as string,
      signedInAsOther: false,
      isOutside: false,
      over: { how: "rejected", by: kim.actor.name, at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string },
    });
  });

  it("leads nowhere when it is forged, its person left, or it is too old", async () => {
    const { visitor, kim, token } = await mailed();
    await expect(
      lookAtLink({ ...visitor, token: token.replace(/^./, (digit) => (digit === "0" ? "1" : "0")) }),
    ).rejects.toMatchObject({ code: "not_found" });
    const inside = await proven(visitor, kim);
    await query("update decision_links set expires_at = now() - interval '1 second' where token_hash = $1", [
      hashToken(token),
    ]);
    expect(await lookAtLink(inside)).toEqual({ state: "expired", isOutside: false });
    await expect(decideByLink(inside, { decision: "approved", nonce: "x" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(sendLinkCode(visitor)).rejects.toMatchObject({ code: "forbidden" });
    await deactivate(kim);
    await expect(lookAtLink(inside)).rejects.toMatchObject({ code: "not_found" });
  });

  it("opens for the code that was sent, once, and for this link alone", async () => {
    const { visitor, kim } = await mailed();
    const other = await mailed();
    await sendLinkCode(visitor);
    const code = await codeTo(kim);
    await expect(proveLink(other.visitor, code)).rejects.toMatchObject({ code: "forbidden" });
    const cookie = await proveLink(visitor, code);
    expect(cookie).toMatch(/Max-Age=900; HttpOnly; SameSite=Strict/);
    await expect(proveLink(visitor, code)).rejects.toMatchObject({ code: "forbidden" });
    const cookies = cookie.split(";")[0] ?? "";
    expect(await lookAtLink({ ...visitor, cookies })).toMatchObject({
      state: "shown",
      proof: "code",
      card: { headline: "Refund $120", canDecide: true },
    });
    const value = cookies.split("=")[1] ?? "";
    const name = `holdpoint.link.${hashToken(other.token).slice(0, 16)}`;
    expect(
      await lookAtLink({ ...other.visitor, cookies: `${cookies}; ${name}.3000=${value}; ${name}.80=${value}` }),
    ).toMatchObject({
      state: "locked",
    });
    await query("update decision_links set proof_until = now() where token_hash = $1", [hashToken(visitor.token)]);
    expect(await lookAtLink({ ...visitor, cookies })).toMatchObject({ state: "locked" });
  });

  it("takes five tries of a code and not a sixth, nor a code that is too old", async () => {
    const { visitor, kim } = await mailed();
    await sendLinkCode(visitor);
    const code = await codeTo(kim);
    for (let tries = 0; tries < 5; tries += 1)
      await expect(proveLink(visitor, wrong(code))).rejects.toMatchObject({ code: "validation_failed" });
    await expect(proveLink(visitor, code)).rejects.toMatchObject({ code: "forbidden" });
    await sendLinkCode(visitor);
    await query("update decision_links set code_until = now() where token_hash = $1", [hashToken(visitor.token)]);
    await expect(proveLink(visitor, await codeTo(kim))).rejects.toMatchObject({ code: "forbidden" });
  });

  it("lets whoever guesses wait, and sends no end of codes", async () => {
    const { visitor, kim } = await mailed();
    const refused: string[] = [];
    for (let codes = 0; codes < 3; codes += 1) {
      await sendLinkCode(visitor);
      const code = await codeTo(kim);
      for (let tries = 0; tries < 5; tries += 1)
        refused.push(
          await proveLink(visitor, wrong(code)).catch((error: unknown) =>
            error instanceof AppError ? error.code : String(error),
          ),
        );
    }
    expect(refused.slice(0, 10)).toEqual(Array(10).fill("validation_failed"));
    expect(refused).toContain("rate_limited");
    await sendLinkCode(visitor);
    await sendLinkCode(visitor);
    await expect(sendLinkCode(visitor)).rejects.toMatchObject({ code: "rate_limited" });
  });
});

describe("A17 deciding by a link", () => {
  it.each<[LinkProof, string]>([
    ["code", "link"],
    ["session", "session"],
  ])("counts as in the inbox, and the record says how it was proven: %s", async (proof, auth) => {
    const { visitor, kim, id } = await mailed();
    const inside =
      proof === "code"
        ? await proven(visitor, kim)
        : { ...visitor, signedIn: { ...kim.actor, auth: "session" as const } };
    const { nonce } = await shown(inside);
    const { undoUntil } = await decideByLink(inside, { decision: "approved", nonce, comment: "Fine" });
    expect(undoUntil).not.toBeNull();
    await query("update waitpoints set effective_at = now() where id = $1", [id]);
    expect(await runStore().decisionDue({ id, org: north.id })).toMatchObject({ ok: true });
    const { record, comment } = await getApproval(kim.actor, id);
    expect([record, comment]).toMatchObject([{ via: "link", provenBy: proof, by: kim.actor.name }, "Fine"]);
    expect(
      await query("select auth, actor->>'id' as id, data->>'via' as via from audit_entries where subject_id = $1", [
        id,
      ]),
    ).toEqual([{ auth, id: kim.userId, via: "link" }]);
  });

  it("a second time says who decided; a moment long it can be taken back", async () => {
    const { visitor, kim, id } = await mailed();
    const inside = await proven(visitor, kim);
    const { nonce } = await shown(inside);
    await decideByLink(inside, { decision: "approved", nonce });
    await undoByLink(inside);
    expect((await shown(inside)).card.status).toBe("pending");
    await decideByLink(inside, { decision: "approved", nonce });
    await expect(decideByLink(inside, { decision: "rejected", nonce, comment: "No" })).rejects.toMatchObject({
      code: "approval_already_decided",
      message: expect.stringContaining(kim.actor.name) as string,
    });
    expect((await shown(inside)).card).toMatchObject({ status: "approved", decidedBy: { name: kim.actor.name } });
    expect(await query("select given_decision->>'outcome' as outcome from waitpoints where id = $1", [id])).toEqual([
      { outcome: "approved" },
    ]);
  });

  it("is about what was shown: another link's word, or one from before it changed, is refused", async () => {
    const { visitor, kim, id } = await mailed();
    const other = await mailed();
    const inside = await proven(visitor, kim);
    const { nonce } = await shown(inside);
    const foreign = await shown(await proven(other.visitor, other.kim));
    const decide = (by: string) => decideByLink(inside, { decision: "approved", nonce: by });
    await expect(decide(foreign.nonce)).rejects.toMatchObject({ code: "conflict" });
    await query(`update waitpoints set request = request || '{"headline": "Refund $999"}' where id = $1`, [id]);
    await expect(decide(nonce)).rejects.toMatchObject({ code: "conflict" });
    expect((await decide((await shown(inside)).nonce)).status).toBe("approved");
  });

  it("keeps the rules of the approval: words where they are wanted, and nobody whom it was taken from", async () => {
    const { visitor, kim, id } = await mailed({ policy: { commentRequiredOn: ["rejected"] } });
    const inside = await proven(visitor, kim);
    const { nonce } = await shown(inside);
    await expect(decideByLink(inside, { decision: "rejected", nonce })).rejects.toMatchObject({
      code: "comment_required",
    });
    const lee = await addTestMember({
      organizationId: north.id,
      role: "approver",
      email: `lee@${north.slug}.holdpoint.test`,
    });
    await query("update waitpoints set assignees = $2 where id = $1", [id, [`user:${lee.userId}`]]);
    const page = await shown(inside);
    expect(page.card.canDecide).toBe(false);
    await expect(decideByLink(inside, { decision: "approved", nonce: page.nonce })).rejects.toMatchObject({
      code: "not_an_assignee",
    });
  });
});
