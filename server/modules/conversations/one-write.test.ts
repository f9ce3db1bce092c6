import { beforeEach, describe, expect, it } from "vitest";
import { createCaller } from "@/server/routes/root";
import { hotPool } from "@/server/db/pools";
import { finishEvents } from "@/server/modules/events/service";
import { small, useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";

const bench = useWorkflowBench();
const customer = createCaller({ actor: null, requestId: "test" });
const query = async (text: string) => (await hotPool().query<Record<string, unknown>>(text)).rows;

/** As if the process ended at the moment it writes into a table. */
async function endingAt(table: string, work: () => Promise<unknown>): Promise<void> {
  await bench.asOwner(
    `create or replace function test_end() returns trigger language plpgsql as $$ begin raise 'the end'; end $$`,
  );
  await bench.asOwner(
    `create trigger test_end before insert on ${table} for each statement execute function test_end()`,
  );
  await work().catch(() => undefined);
  await bench.asOwner(`drop trigger test_end on ${table}`);
}

async function listen(slug: string, event: string): Promise<void> {
  await bench.createLive(slug, { ...small(slug), triggers: [{ id: "on", type: "event", event }] });
}

const open = async (email: string) =>
  bench.call("POST", "/api/v1/conversations", { contact: { name: "Jane", email }, subject: "Plan" });

/** The worker comes by once the web process has had its time. */
async function workerComesBy(): Promise<void> {
  await query("update inbound_events set created_at = now() - interval '1 minute'");
  await finishEvents();
}

const runsOf = async (slug: string): Promise<number> =>
  (await bench.call("GET", `/api/workflows/${slug}/executions`)).json.data.executions.length;

describe("3.15 what is written and the event that tells of it", () => {
  beforeEach(async () => {
    await workerComesBy();
  });

  it.each([
    ["messages", "conversation.message"],
    ["conversations", "conversation.opened"],
    ["contacts", "contact.created"],
  ])("%s: when the event cannot be kept, neither exists", async (table, event) => {
    const { json } = await open(`${table}@acme.test`);
    const token = String(json.link).split("/c/")[1] ?? "";
    const count = async () =>
      query(`select (select count(*) from ${table}) as rows, (select count(*) from inbound_events) as events`);
    const before = await count();
    await endingAt("inbound_events", () =>
      event === "conversation.message"
        ? customer.conversations.send({ token, body: "Hello" })
        : open(event === "contact.created" ? "new@acme.test" : `${table}@acme.test`),
    );
    expect(await count()).toEqual(before);
  });

  it.each([
    ["said", "conversation.message"],
    ["opened", "conversation.opened"],
    ["met", "contact.created"],
  ])("%s: when the process ends before the workflow starts, both exist, and it starts once", async (slug, event) => {
    await listen(slug, event);
    const email = `${slug}@acme.test`;
    if (event === "conversation.message") {
      const token = String((await open(email)).json.link).split("/c/")[1] ?? "";
      await endingAt("runs", () => customer.conversations.send({ token, body: "Hello" }));
      expect((await customer.conversations.byToken({ token })).messages).toMatchObject([{ body: "Hello" }]);
    } else {
      await endingAt("runs", () => open(email));
      expect(await query(`select id from contacts where email = '${email}'`)).toHaveLength(1);
    }
    expect(await runsOf(slug)).toBe(0);
    await workerComesBy();
    await workerComesBy();
    expect(await runsOf(slug)).toBe(1);
  });

  it("an event that cannot be delivered holds up no other", async () => {
    await listen("stuck", "stuck.event");
    await listen("free", "free.event");
    const kept = async (event: string) =>
      (await bench.call("POST", "/api/v1/events", { name: event })).json.id as string;
    const [stuck, free] = [await kept("stuck.event"), await kept("free.event")];
    await query(
      `delete from runs where input is not null and id in (select r.id from runs r join workflows w on w.id = r.workflow_id where w.slug in ('stuck', 'free'))`,
    );
    await query(`update inbound_events set results = null where id in ('${stuck}', '${free}')`);
    await query(`update active_triggers set definition = 'null'::jsonb where event_name = 'stuck.event'`);
    await workerComesBy();
    expect(await query(`select results is null as open from inbound_events where id = '${stuck}'`)).toEqual([
      { open: true },
    ]);
    expect(await runsOf("free")).toBe(1);
  });
});
