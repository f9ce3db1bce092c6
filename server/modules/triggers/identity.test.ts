import { describe, expect, it } from "vitest";
import { hotPool } from "@/server/db/pools";
import { deleteForever, restoreWorkflow, trashWorkflow } from "@/server/modules/library/service";
import { callsWritten } from "@/server/modules/webhooks/service";
import { post } from "@/server/modules/webhooks/webhooks.testkit";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";
import { triggersApi } from "./triggers.testkit";

const bench = useWorkflowBench();
const owner = () => bench.north().members.owner.actor;
const api = () => triggersApi(owner());
const hook = { id: "hook", type: "webhook" };
const manual = { id: "by-hand", type: "manual" };
const change = async (slug: string, triggers: unknown[]) => {
  await bench.call("PATCH", `/api/workflows/${slug}`, { triggers });
  await bench.call("POST", `/api/workflows/${slug}/publish`);
};
const url = async (slug: string): Promise<string> => (await api().state({ slug })).triggers[0]?.url ?? "";

describe("K16 a trigger is the workflow's, not a version's", () => {
  it("v2 has a webhook, v3 has not, v4 has it again: the same address, secret and calls", async () => {
    await bench.createLive("comes-back", { triggers: [manual] });
    await change("comes-back", [hook]);
    await api().setSecret({ slug: "comes-back", triggerId: "hook", secret: "a-long-secret" });
    const address = await url("comes-back");
    const proof = { "x-webhook-secret": "a-long-secret" };
    expect((await post(address, "{}", proof)).status).toBe(202);
    await change("comes-back", [manual]);
    expect((await post(address, "{}", proof)).json.error.code).toBe("workflow_draft");
    await change("comes-back", [{ ...hook, label: "Renamed" }]);
    expect(await url("comes-back")).toBe(address);
    expect([(await post(address, "{}")).status, (await post(address, "{}", proof)).status]).toEqual([401, 202]);
    await callsWritten();
    expect((await api().calls({ slug: "comes-back", triggerId: "hook" })).items.map(({ status }) => status)).toEqual([
      202, 401, 409, 202,
    ]);
  });

  it("another type under the same id does not take its place", async () => {
    await bench.createLive("same-id", { triggers: [{ ...hook, id: "start" }] });
    const address = await url("same-id");
    await change("same-id", [{ id: "start", type: "schedule", cron: "0 9 * * *" }]);
    expect((await api().state({ slug: "same-id" })).triggers[0]).toMatchObject({ url: null, type: "schedule" });
    await change("same-id", [{ ...hook, id: "start" }]);
    expect(await url("same-id")).toBe(address);
    expect((await post(address, "{}")).status).toBe(202);
  });

  it("an event trigger that only an older version has hears nothing; a schedule keeps its last tick and fires no old ones", async () => {
    await bench.createLive("silent", {
      triggers: [
        { id: "event", type: "event", event: "silent.event" },
        { id: "clock", type: "schedule", cron: "0 9 * * *" },
      ],
    });
    const last = new Date(Date.now() - 3_600_000);
    const row = async () =>
      (
        await hotPool().query(
          "select t.next_at, t.last_at from active_triggers t join workflows w on w.id = t.workflow_id where w.slug = 'silent' and t.type = 'schedule'",
        )
      ).rows[0];
    await hotPool().query("update active_triggers set last_at = $1 where trigger_id = 'clock' and type = 'schedule'", [
      last,
    ]);
    await change("silent", [manual]);
    expect((await bench.call("POST", "/api/v1/events", { name: "silent.event" })).json.runs).toEqual([]);
    expect(await row()).toEqual({ next_at: null, last_at: last });
    await change("silent", [{ id: "clock", type: "schedule", cron: "0 9 * * *" }]);
    const { next_at: next, last_at: kept } = await row();
    expect([kept, next.getTime() > Date.now()]).toEqual([last, true]);
  });

  it("the trash keeps address and secret; deleting for good takes them away", async () => {
    await bench.createLive("trashed", { triggers: [{ ...hook, secret: "a-long-secret" }] });
    const address = await url("trashed");
    const { id } = await trashWorkflow(owner(), "trashed");
    expect((await post(address, "{}")).status).toBe(404);
    const { slug } = await restoreWorkflow(owner(), id);
    await bench.call("POST", `/api/workflows/${slug}/publish`);
    expect([(await post(address, "{}")).status, await url(slug)]).toEqual([401, address]);
    await trashWorkflow(owner(), slug);
    await deleteForever(owner(), id);
    const { rows } = await hotPool().query("select 1 from active_triggers where workflow_id = $1", [id]);
    expect(rows).toEqual([]);
  });
});
