import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { rest } from "@/server/api/rest/client.testkit";
import type { TestMember } from "@/server/auth/identity.testkit";
import { createConversation, readConversation, sendFromCustomer } from "@/server/modules/conversations/service";
import { countInbox, listInbox } from "@/server/modules/inbox/service";
import { askedEvents, mailsTo, noticesOf, tellNow } from "@/server/modules/notices/told.testkit";
import { answerQuestion, askBack, decideApproval, delegateApproval, getApproval } from "./service";
import { ask, checker, north, query } from "./undecidable.testkit";

let ana: TestMember;
let starter: TestMember;

beforeEach(async () => {
  ana = await checker("ana");
  starter = north.members.operator;
});

const hour = 3_600_000;
/** Asked by the starter, due in an hour. */
async function asked(more: Parameters<typeof ask>[0] = {}): Promise<{ id: string; runId: string }> {
  const made = await ask({ startedBy: starter.userId, ...more });
  await query("update waitpoints set due_at = now() + interval '1 hour' where id = $1", [made.id]);
  return made;
}
const inboxOf = async (who: TestMember) => {
  const { items } = await listInbox(who.actor, {
    view: "pending",
    search: "",
    limit: 50,
    offset: 0,
    cursor: undefined,
  });
  return items.map(({ id }) => id);
};
const timePasses = (id: string, time: string) =>
  query(`update waitpoints set question_at = question_at - $2::interval where id = $1`, [id, time]);

describe("row 12 whoever decides asks the member who began the run", () => {
  it("who is told, finds it in the inbox and answers there; whoever asked is told, and decides", async () => {
    const { id, runId } = await asked();
    await query("delete from event_outbox where data->>'waitpointId' = $1", [id]);
    const before = await countInbox(starter.actor);
    expect(await getApproval(ana.actor, id)).toMatchObject({ mayAsk: true, questions: [] });
    expect(await askBack(ana.actor, id, "Which order is it?")).toMatchObject({
      status: "info_requested",
      dueAt: null,
      canDecide: true,
      mayAsk: false,
      questions: [{ by: ana.actor.name, to: starter.actor.name, text: "Which order is it?", answer: null }],
    });
    expect(await inboxOf(starter)).toContain(id);
    expect(await countInbox(starter.actor)).toBe(before + 1);
    expect(await getApproval(starter.actor, id)).toMatchObject({ mayAnswer: true, canDecide: false });
    expect(await tellNow(id)).toBe(1);
    expect(await noticesOf(id)).toMatchObject([
      { userId: starter.userId, reason: "question", cameFrom: [ana.actor.name] },
    ]);
    const [mail] = await mailsTo(starter.email);
    expect(mail?.subject).toContain(`Question from ${ana.actor.name}`);
    expect(mail?.body).toContain(`/inbox?id=${id}`);
    await expect(answerQuestion(ana.actor, id, "x")).rejects.toMatchObject({ code: "forbidden" });
    expect(await answerQuestion(starter.actor, id, "The second one")).toMatchObject({
      status: "pending",
      questions: [{ answer: "The second one", answeredBy: starter.actor.name }],
    });
    expect(await inboxOf(starter)).not.toContain(id);
    expect(await tellNow(id)).toBe(1);
    expect((await noticesOf(id))[1]).toMatchObject({ userId: ana.userId, reason: "answered" });
    await expect(answerQuestion(starter.actor, id, "Again")).rejects.toMatchObject({ code: "conflict" });
    expect(await decideApproval(ana.actor, id, { decision: "approved", via: "api" })).toMatchObject({
      status: "approved",
      questions: [{ answer: "The second one" }],
    });
    const events = await query<{ type: string }>(
      "select type from run_events where run_id = $1 and type like 'approval.%' order by seq",
      [runId],
    );
    expect(events.map(({ type }) => type)).toEqual([
      "approval.info_requested",
      "approval.info_given",
      "approval.approved",
    ]);
    const logged = await query<{ action: string }>(
      "select action from audit_entries where subject_id = $1 order by id",
      [id],
    );
    expect(logged.map(({ action }) => action)).toEqual(events.map(({ type }) => type));
  });

  it("its time stands still until the answer, and goes on with what was left; reminders come as much later", async () => {
    const at = new Date(Date.now() + hour / 2).toISOString();
    const { id } = await asked({ request: { remindAt: [at] } });
    const [was] = await query<{ due: Date }>('select due_at as "due" from waitpoints where id = $1', [id]);
    await askBack(ana.actor, id, "Why?");
    expect((await askedEvents(id, { due: false })).filter(({ reason }) => reason === "reminder")).toEqual([]);
    await timePasses(id, "5 hours");
    const answered = await answerQuestion(starter.actor, id, "So");
    expect(Date.parse(answered.dueAt ?? "") - (was?.due.getTime() ?? 0)).toBeGreaterThanOrEqual(5 * hour);
    const [reminder] = await query<{ due: Date }>(
      `select due_at as "due" from event_outbox where data->>'waitpointId' = $1 and data->>'reason' = 'reminder'`,
      [id],
    );
    expect((reminder?.due.getTime() ?? 0) - Date.parse(at)).toBeGreaterThanOrEqual(5 * hour);
  });

  it("one question at a time, of somebody who is there, by whoever may decide or a colleague they gave it to", async () => {
    const bo = north.members.approver;
    const { id } = await asked();
    await expect(askBack(bo.actor, id, "Why?")).rejects.toMatchObject({ code: "forbidden" });
    await delegateApproval(ana.actor, id, { to: bo.email });
    await askBack(bo.actor, id, "Why?");
    await expect(askBack(ana.actor, id, "And why?")).rejects.toMatchObject({ code: "conflict" });
    await answerQuestion(starter.actor, id, "So");
    expect(await askBack(ana.actor, id, "And why?")).toMatchObject({ questions: [{ answer: "So" }, { answer: null }] });
    const nobody = await asked({ startedBy: null });
    await expect(askBack(ana.actor, nobody.id, "Why?")).rejects.toMatchObject({ code: "conflict" });
    expect(await getApproval(ana.actor, nobody.id)).toMatchObject({ mayAsk: false });
    const own = await asked({ startedBy: ana.userId });
    await expect(askBack(ana.actor, own.id, "Why?")).rejects.toMatchObject({ code: "conflict" });
    const test = await asked({ of: [`user:${ana.userId}`], test: true });
    await expect(askBack(ana.actor, test.id, "Why?")).rejects.toMatchObject({ code: "conflict" });
  });

  it("decided, or its run over, there is nothing to answer any more", async () => {
    const one = await asked();
    await askBack(ana.actor, one.id, "Why?");
    await decideApproval(ana.actor, one.id, { decision: "rejected", via: "api" });
    await expect(answerQuestion(starter.actor, one.id, "So")).rejects.toMatchObject({
      code: "approval_already_decided",
    });
    expect(await inboxOf(starter)).not.toContain(one.id);
    const two = await asked();
    await askBack(ana.actor, two.id, "Why?");
    await rest(north.members.owner.apiKey, "POST", `/api/v1/runs/${two.runId}/cancel`, {});
    await expect(answerQuestion(starter.actor, two.id, "So")).rejects.toMatchObject({
      code: "approval_already_decided",
    });
  });

  it("of all that happens at one instant each happens once", async () => {
    const cy = await checker("cy");
    for (let round = 0; round < 40; round += 1) {
      const { id, runId } = await asked();
      const isAsked = round % 2 === 0;
      if (isAsked) await askBack(ana.actor, id, "Why?");
      const settled = await Promise.allSettled([
        isAsked ? answerQuestion(starter.actor, id, "So") : askBack(ana.actor, id, "Why?"),
        isAsked ? answerQuestion(starter.actor, id, "Thus") : askBack(cy.actor, id, "How?"),
        decideApproval(cy.actor, id, { decision: "approved", via: "api" }),
        ...(round % 4 < 2 ? [] : [rest(north.members.owner.apiKey, "POST", `/api/v1/runs/${runId}/cancel`, {})]),
      ]);
      const said = settled.slice(0, 2).filter(({ status }) => status === "fulfilled").length;
      expect(said).toBeLessThanOrEqual(1);
      const item = await getApproval(ana.actor, id);
      expect(item.questions).toHaveLength(isAsked ? 1 : said);
      expect(item.questions.filter(({ answer }) => answer !== null)).toHaveLength(isAsked ? said : 0);
      expect(["approved", "cancelled"]).toContain(item.status);
    }
  });
});

describe("row 12 where the run has a conversation, the customer is asked", () => {
  async function withCustomer() {
    const conversation = await createConversation(north.members.owner.actor, {
      contact: { name: "Jane" },
      subject: "Refund",
      quick_replies: [],
    });
    const made = await asked({ conversation: conversation.id });
    return { ...made, ...conversation, id: made.id };
  }
  const write = (token: string, body: string) => sendFromCustomer(token, { body }, null);

  it("on their page, and what they write next is the answer and starts nothing", async () => {
    const { id, token } = await withCustomer();
    expect(await askBack(ana.actor, id, "Which order is it?")).toMatchObject({ questions: [{ to: "Jane" }] });
    expect(await inboxOf(starter)).not.toContain(id);
    expect((await readConversation(token)).messages).toMatchObject([
      { author: "operator", authorName: ana.actor.name, body: "Which order is it?" },
    ]);
    await timePasses(id, "2 hours");
    await write(token, "The second one");
    const item = await getApproval(ana.actor, id);
    expect(item).toMatchObject({
      status: "pending",
      questions: [{ answer: "The second one", answeredBy: "Jane" }],
    });
    expect(Date.parse(item.dueAt ?? "")).toBeGreaterThan(Date.now() + 2 * hour);
    const events = () =>
      query("select from inbound_events where organization_id = $1 and name like '%message%'", [north.id]);
    expect(await events()).toHaveLength(0);
    await write(token, "And one more thing");
    expect(await events()).toHaveLength(1);
    expect((await getApproval(ana.actor, id)).questions).toHaveLength(1);
    expect((await readConversation(token)).messages).toHaveLength(3);
  });

  it("of two approvals of one conversation one is asked at a time, and two words at one instant are one answer", async () => {
    const first = await withCustomer();
    const second = await asked();
    await query("update runs set conversation_id = (select conversation_id from runs where id = $1) where id = $2", [
      first.runId,
      second.runId,
    ]);
    const both = await Promise.allSettled([first.id, second.id].map((id) => askBack(ana.actor, id, "Why?")));
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await Promise.all([write(first.token, "One"), write(first.token, "Two")]);
    const [one, two] = [await getApproval(ana.actor, first.id), await getApproval(ana.actor, second.id)];
    expect([...one.questions, ...two.questions]).toHaveLength(1);
    expect([...one.questions, ...two.questions][0]?.answer).toMatch(/^(One|Two)$/);
    expect((await readConversation(first.token)).messages).toHaveLength(3);
  });
});

it("another organization's approval is not there", async () => {
  await expect(askBack(ana.actor, newId(), "Why?")).rejects.toMatchObject({ code: "not_found" });
  await expect(answerQuestion(ana.actor, newId(), "So")).rejects.toMatchObject({ code: "not_found" });
});
