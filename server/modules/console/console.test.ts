import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addTestMember, type TestMember } from "@/server/auth/identity.testkit";
import { createRunsScene, edge, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { createCaller } from "@/server/routes/root";
import type { UserActor } from "@/server/db/tenant";

let scene: RunsScene;
let kim: TestMember;
let lee: TestMember;
const customer = createCaller({ actor: null, requestId: "test" });
const as = (actor: UserActor) => createCaller({ actor, requestId: "test" }).console;

beforeAll(async () => {
  scene = await createRunsScene();
  const member = (name: string) =>
    addTestMember({ organizationId: scene.north.id, role: "operator", email: `${name}@north.holdpoint.test` });
  [kim, lee] = [await member("kim"), await member("lee")];
  const talk = (id: string) => ({
    triggers: [{ id: "talk", type: "conversation", filter: `trigger.text == 'go ${id}'` }],
  });
  const end = { id: "end", type: "end" };
  const only = (node: { id: string; [field: string]: unknown }) => ({
    startNodeId: node.id,
    nodes: [node, end],
    edges: [edge(node.id, "end")],
  });
  await scene.publish(
    "hand",
    only({ id: "hand", type: "human_handoff", name: "Complaint", summary: "They are angry" }),
    talk("hand"),
  );
  await scene.publish(
    "ask",
    only({ id: "ask", type: "approval", assignTo: "role:operator", context: { headline: "Pay them" } }),
    talk("ask"),
  );
});
afterAll(() => scene.close());

let number = 0;
async function open(name = "Jane Doe"): Promise<{ id: string; token: string }> {
  number += 1;
  const { json } = await scene.call("POST", "/api/v1/conversations", {
    contact: { name, email: `customer${String(number)}@acme.com` },
    subject: "Your plan",
  });
  return { id: (await idOf(json.link)) ?? "", token: json.link.split("/c/")[1] };
}
async function idOf(link: string): Promise<string | undefined> {
  const { newsKey } = await customer.conversations.byToken({ token: link.split("/c/")[1] ?? "" });
  return newsKey.split(".")[0];
}

/** The conversation of a run that waits. */
async function begun(slug: "hand" | "ask", status: string): Promise<{ id: string; token: string; runId: string }> {
  const talking = await open();
  await customer.conversations.send({ token: talking.token, body: `go ${slug}` });
  const page = await customer.conversations.byToken({ token: talking.token });
  const runId = page.requests[0]?.id ?? "";
  await scene.reached(runId, status);
  return { ...talking, runId };
}

async function sectionOf(actor: UserActor, id: string): Promise<string | null> {
  for (const view of ["open", "closed"] as const) {
    const { items } = await as(actor).list({ view, limit: 100 });
    const item = items.find((each) => each.id === id);
    if (item) return item.section;
  }
  return null;
}

/** All that a customer, or whoever holds an API key, can be shown of a conversation. */
async function everyPublicDoor({ id, token }: { id: string; token: string }): Promise<string> {
  const page = await customer.conversations.byToken({ token });
  const rest = await scene.call("GET", `/api/v1/conversations/${id}`);
  const list = await scene.call("GET", "/api/v1/conversations");
  const runs = await scene.database.pool.query("select to_jsonb(m) from messages m where conversation_id = $1", [id]);
  const outside = await scene.database.pool.query(
    "select to_jsonb(d) from deliveries d union all select to_jsonb(e) from inbound_events e",
  );
  return JSON.stringify([page, rest.json, list.json, runs.rows, outside.rows]);
}

describe("the operators' queue", () => {
  it("A3 49 a run hands a conversation over: claimed, answered, handed back, and the run goes on", async () => {
    const { id, token, runId } = await begun("hand", "waiting_human");
    expect(await sectionOf(kim.actor, id)).toBe("handed_over");
    const waiting = (await as(kim.actor).count()).waiting;
    await as(kim.actor).claim({ id });
    expect(await as(kim.actor).count()).toEqual({ waiting: waiting - 1 });
    expect([await sectionOf(kim.actor, id), await sectionOf(lee.actor, id)]).toEqual(["mine", "others"]);
    await as(kim.actor).answer({ id, body: "What happened?" });
    const shown = await as(kim.actor).get({ id });
    expect(shown).toMatchObject({
      claim: { name: kim.actor.name, isMine: true },
      handoffs: [{ runId, headline: "Complaint", detail: "They are angry", canAnswer: true }],
      runs: [{ status: "waiting_human" }],
    });
    const handoff = shown.handoffs[0]?.id ?? "";
    const inbox = createCaller({ actor: kim.actor, requestId: "test" }).inbox;
    await inbox.resolveHandoff({ id: handoff, resolution: "Refunded", note: "By hand" });
    await scene.reached(runId, "completed");
    expect(await as(kim.actor).get({ id })).toMatchObject({ claim: null, handedOverAt: null, handoffs: [] });
    expect(await sectionOf(kim.actor, id)).toBe("others");
    const said = (await customer.conversations.byToken({ token })).messages.map(({ body }) => body);
    expect(said).toContain("What happened?");
  });

  it("of two operators who claim at once one gets it, and the other learns who; a word takes it over", async () => {
    const { id } = await begun("hand", "waiting_human");
    const both = await Promise.allSettled([kim, lee].map(({ actor }) => as(actor).claim({ id })));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const [holder, other] = both[0]?.status === "fulfilled" ? [kim, lee] : [lee, kim];
    const lost = both.find(({ status }) => status === "rejected") as PromiseRejectedResult;
    expect(String(lost.reason.message)).toContain(`${holder.actor.name} has this conversation`);
    await expect(as(other.actor).answer({ id, body: "Me too" })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(as(other.actor).release({ id })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(as(other.actor).claim({ id, from: holder.userId })).rejects.toThrow("Say why");
    await as(other.actor).claim({ id, from: holder.userId, word: "They are on holiday" });
    await as(other.actor).claim({ id });
    const { items } = await as(holder.actor).thread({ id });
    expect(items[0]).toMatchObject({ kind: "note", authorName: other.actor.name });
    expect(items[0]?.body).toBe(`Taken over from ${holder.actor.name}: They are on holiday`);
    await as(other.actor).release({ id, word: "Knows more than I do" });
    expect(await sectionOf(holder.actor, id)).toBe("handed_over");
  });

  it("notes are shown to colleagues and through no public door", async () => {
    const talking = await begun("hand", "waiting_human");
    await as(kim.actor).note({ id: talking.id, body: "Careful, secret canary" });
    await as(kim.actor).claim({ id: talking.id });
    await as(kim.actor).release({ id: talking.id, word: "secret canary" });
    const { items } = await as(scene.north.members.viewer.actor).thread({ id: talking.id });
    expect(items.filter(({ kind }) => kind === "note")).toHaveLength(2);
    expect(await everyPublicDoor(talking)).not.toContain("secret canary");
    const { handoffs } = await as(kim.actor).get({ id: talking.id });
    const inbox = createCaller({ actor: kim.actor, requestId: "test" }).inbox;
    expect(JSON.stringify(await inbox.get({ id: handoffs[0]?.id ?? "" }))).not.toContain("secret canary");
    expect((await as(kim.actor).list({ search: "secret canary" })).items).toEqual([]);
  });

  it("taken over while its run waits for something else: the customer is told once, the step stays as it is", async () => {
    const { id, token, runId } = await begun("ask", "waiting_approval");
    expect(await sectionOf(kim.actor, id)).toBe("others");
    await as(kim.actor).claim({ id });
    await as(kim.actor).claim({ id });
    const told = (await customer.conversations.byToken({ token })).messages.filter(
      ({ author }) => author === "workflow",
    );
    expect(told.map(({ body }) => body)).toEqual([
      `${kim.actor.name} is in this conversation now and writes to you here.`,
    ]);
    expect(await scene.reached(runId, "waiting_approval")).toMatchObject({ status: "waiting_approval" });
  });
});

describe("a message that nothing takes", () => {
  it("A25 stands in the queue and is counted until a person answers or closes it", async () => {
    const { id, token } = await open();
    const before = (await as(kim.actor).count()).waiting;
    await customer.conversations.send({ token, body: "Hello, is anybody there?" });
    expect(await sectionOf(kim.actor, id)).toBe("unanswered");
    expect(await as(kim.actor).count()).toEqual({ waiting: before + 1 });
    expect(await as(scene.north.members.viewer.actor).count()).toEqual({ waiting: 0 });
    expect((await customer.conversations.byToken({ token })).leftAlone).toBe(true);
    await as(kim.actor).answer({ id, body: "Yes" });
    expect(await as(kim.actor).count()).toEqual({ waiting: before });
    await customer.conversations.send({ token, body: "Good" });
    expect(await as(kim.actor).count()).toEqual({ waiting: before + 1 });
    await as(kim.actor).close({ id });
    expect([await sectionOf(kim.actor, id), (await as(kim.actor).count()).waiting]).toEqual(["closed", before]);
    await customer.conversations.send({ token, body: "One thing more" });
    expect(await sectionOf(kim.actor, id)).toBe("unanswered");
  });

  it("A25 an answer through the API or the inbox takes it out as well", async () => {
    const { id, token } = await open();
    await customer.conversations.send({ token, body: "Hello?" });
    await scene.call("POST", `/api/v1/conversations/${id}/messages`, { body: "Yes?" });
    expect(await as(kim.actor).get({ id })).toMatchObject({ needsAnswerSince: null });
  });

  it("one that a workflow takes waits for nobody", async () => {
    const { id } = await begun("ask", "waiting_approval");
    expect(await as(kim.actor).get({ id })).toMatchObject({ needsAnswerSince: null, handedOverAt: null });
  });
});

describe("looking at conversations", () => {
  it("are found by the customer and by what was said, in pages that miss none", async () => {
    const found = await open("Xaver Quist");
    await customer.conversations.send({ token: found.token, body: "My 100% blue bicycle" });
    for (const search of ["xaver", "quist", "100% blue"]) {
      const { items } = await as(kim.actor).list({ search });
      expect(items.map(({ id }) => id)).toEqual([found.id]);
    }
    expect((await as(kim.actor).list({ search: "100_ blue" })).items).toEqual([]);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<ReturnType<typeof as>["list"]>> = await as(kim.actor).list({ limit: 1, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    const { items } = await as(kim.actor).list({ limit: 100 });
    expect(seen).toEqual(items.map(({ id }) => id));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it("the thread is read backwards in pages; what was opened is not unread any more", async () => {
    const { id, token } = await open();
    for (const body of ["one", "two", "three"]) await customer.conversations.send({ token, body });
    const unread = async (actor: UserActor) =>
      (await as(actor).list({ limit: 100 })).items.find((each) => each.id === id)?.unread;
    expect(await unread(kim.actor)).toBe(true);
    await as(kim.actor).seen({ id });
    expect([await unread(kim.actor), await unread(lee.actor)]).toEqual([false, true]);
    const first = await as(kim.actor).thread({ id, limit: 2 });
    const rest = await as(kim.actor).thread({ id, limit: 2, cursor: first.nextCursor });
    expect([...first.items, ...rest.items].map(({ body }) => body)).toEqual(["three", "two", "one"]);
    expect(rest.nextCursor).toBeNull();
  });

  it("belong to their organization, and are written in by those who may", async () => {
    const { id } = await open();
    const viewer = as(scene.north.members.viewer.actor);
    expect(await viewer.get({ id })).toMatchObject({ mayWrite: false });
    for (const call of [() => viewer.claim({ id }), () => viewer.answer({ id, body: "x" }), () => viewer.close({ id })])
      await expect(call()).rejects.toMatchObject({ code: "FORBIDDEN" });
    const stranger = as(scene.south.members.owner.actor);
    for (const call of [
      () => stranger.get({ id }),
      () => stranger.thread({ id }),
      () => stranger.claim({ id }),
      () => stranger.note({ id, body: "x" }),
    ])
      await expect(call()).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await stranger.list({})).items).toEqual([]);
  });
});
