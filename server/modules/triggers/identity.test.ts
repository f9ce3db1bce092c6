import { describe, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { createCaller } from "@/server/routes/root";
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
    const gone = await post(address, "{}", proof);
    expect([gone.status, gone.json.error.code]).toEqual([410, "trigger_removed"]);
    await change("comes-back", [{ ...hook, label: "Renamed" }]);
    expect(await url("comes-back")).toBe(address);
    expect([(await post(address, "{}")).status, (await post(address, "{}", proof)).status]).toEqual([401, 202]);
    await callsWritten();
    expect((await api().calls({ slug: "comes-back", triggerId: "hook" })).items.map(({ status }) => status)).toEqual([
      202, 401, 410, 202,
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
    expect((await post(address, "{}")).status).toBe(410);
    const { slug } = await restoreWorkflow(owner(), id);
    await bench.call("POST", `/api/workflows/${slug}/publish`);
    expect([(await post(address, "{}")).status, await url(slug)]).toEqual([401, address]);
    await trashWorkflow(owner(), slug);
    await deleteForever(owner(), id);
    const { rows } = await hotPool().query("select 1 from active_triggers where workflow_id = $1", [id]);
    expect(rows).toEqual([]);
  });

  it("what was taken away before it was ever live is gone; what only the draft takes away is not", async () => {
    await bench.create("never-live", { triggers: [hook] });
    const address = await url("never-live");
    expect((await post(address, "{}")).json.error.code).toBe("workflow_not_published");
    await bench.call("PATCH", "/api/workflows/never-live", { triggers: [manual] });
    expect((await post(address, "{}")).json.error.code).toBe("trigger_removed");
    await bench.createLive("still-live", { triggers: [hook], config: { whileDraft: "serve_published" } });
    const live = await url("still-live");
    await bench.call("PATCH", "/api/workflows/still-live", { triggers: [manual] });
    expect((await post(live, "{}")).status).toBe(202);
  });

  it("an intake form that was removed, or is in the trash, says so", async () => {
    const nobody = createCaller({ actor: null, requestId: "test" }).triggers;
    await bench.createLive("asked", { triggers: [{ id: "form", type: "form" }] });
    const token = (await url("asked")).split("/").at(-1) ?? "";
    expect(await nobody.intake({ token })).toMatchObject({ open: true });
    const submission = { token, values: {}, submissionId: newId() };
    const refused = { code: "NOT_FOUND", message: expect.stringContaining("taken away") };
    await change("asked", [manual]);
    await expect(nobody.intake({ token })).rejects.toMatchObject(refused);
    await expect(nobody.submitIntake(submission)).rejects.toMatchObject(refused);
    await change("asked", [{ id: "form", type: "form" }]);
    expect(await nobody.intake({ token })).toMatchObject({ open: true });
    await trashWorkflow(owner(), "asked");
    await expect(nobody.submitIntake(submission)).rejects.toMatchObject(refused);
  });
});
