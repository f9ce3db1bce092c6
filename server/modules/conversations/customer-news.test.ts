import { expect, it } from "vitest";
import { createCaller } from "@/server/routes/root";
import { newId } from "@/core/ids";
import { liveReady, subscribeLive } from "@/server/db/live";
import { hotPool } from "@/server/db/pools";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";

const bench = useWorkflowBench();
const customer = createCaller({ actor: null, requestId: "test" });

async function open(): Promise<{ id: string; token: string }> {
  const { json } = await bench.call("POST", "/api/v1/conversations", { contact: { name: "Jane" }, subject: "Plan" });
  return { id: json.id, token: String(json.link).split("/c/")[1] ?? "" };
}

const newsKeyOf = async (token: string) => (await customer.conversations.byToken({ token })).newsKey;

/** Says it, and waits until this process has heard it. */
async function say(change: { runIds?: string[]; kinds?: string[] }): Promise<void> {
  const fence = newId();
  const heard = new Promise<void>((resolve) => {
    const unsubscribe = subscribeLive(bench.north().members.owner.actor.organizationId, ({ kinds }) => {
      if (!kinds.includes(fence)) return;
      unsubscribe();
      resolve();
    });
  });
  await liveReady();
  const payload = { organizationId: bench.north().id, ...change, kinds: [...(change.kinds ?? []), fence] };
  await hotPool().query("select pg_notify('hp_live', $1)", [JSON.stringify(payload)]);
  await heard;
}

it("3.27 the customer's page hears of its own conversation and of no other", async () => {
  const [own, other] = [await open(), await open()];
  await bench.createLive("asked");
  const started = await bench.start("asked");
  const runId = String(started.json.data.execution.id);
  const { rows } = await hotPool().query<{ id: string }>("update runs set conversation_id = $1 returning id", [own.id]);
  const stream = await customer.conversations.news({ newsKey: await newsKeyOf(own.token) });
  const news = stream[Symbol.asyncIterator]();
  expect((await news.next()).value).toEqual({ news: true });
  const next = news.next();
  let heard = false;
  void next.then(() => {
    heard = true;
  });
  await say({ kinds: ["workflow", "conversation", `conversation:${other.id}`] });
  await say({ runIds: [newId()] });
  await customer.conversations.send({ token: other.token, body: "Not here" });
  expect([heard, runId]).toEqual([false, expect.any(String)]);
  await say({ runIds: rows.map(({ id }) => id) });
  expect((await next).value).toEqual({ news: true });
  const message = news.next();
  await bench.call("POST", `/api/v1/conversations/${own.id}/messages`, { body: "Hello" });
  expect((await message).value).toEqual({ news: true });
  await news.return?.(undefined);
});

it("3.27 the forms of all open runs can be answered, however many runs came after", async () => {
  const { id, token } = await open();
  await bench.createLive("many");
  for (let run = 0; run < 22; run += 1) await bench.start("many");
  const { rows } = await hotPool().query<{ id: string }>(
    `update runs set conversation_id = $1 where workflow_id = (select id from workflows where slug = 'many') returning id`,
    [id],
  );
  const [first] = rows.map((row) => row.id).sort();
  const waitpointId = newId();
  await hotPool().query(
    `insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, request)
      select $1, organization_id, id, workflow_id, 'ask', 'ask', 'form', '{"title": "Seats?"}' from runs where id = $2`,
    [waitpointId, first],
  );
  const page = await customer.conversations.byToken({ token });
  expect(page.forms.map((form) => form.waitpointId)).toEqual([waitpointId]);
  await customer.conversations.submitForm({ token, waitpointId, values: {} });
  expect((await customer.conversations.byToken({ token })).forms).toEqual([]);
});

it("a link that opens nothing hears nothing, and L15 of one link the oldest page gives way", async () => {
  const first = async (newsKey: string) => {
    const stream = await customer.conversations.news({ newsKey });
    const news = stream[Symbol.asyncIterator]();
    return news.next().then(
      () => news,
      (error: unknown) => error as { cause?: { code?: string }; code?: string },
    );
  };
  expect(await first("x".repeat(32))).toMatchObject({ code: "not_found" });
  const { id, token } = await open();
  const newsKey = await newsKeyOf(token);
  // The token itself, another conversation's proof, and no proof open no news.
  const { id: otherId } = await open();
  for (const made of [token, newsKey.replace(id, otherId), id, `${id}.`, `${newsKey}x`])
    expect(await first(made)).toMatchObject({ code: "not_found" });
  const opened = [];
  for (let page = 0; page < 21; page += 1) opened.push(await first(newsKey));
  const pages = opened.filter((each) => "next" in each);
  expect(pages).toHaveLength(21);
  const [oldest, ...others] = pages.map((page) => page.next());
  expect((await oldest)?.value).toEqual({ news: true, over: "replaced" });
  await say({ kinds: ["everything"] });
  expect((await Promise.all(others)).map(({ value }) => value as unknown)).toEqual(Array(20).fill({ news: true }));
  for (const page of pages) await page.return?.(undefined);
});
