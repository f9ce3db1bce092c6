import { describe, expect, it } from "vitest";
import { hotPool } from "@/server/db/pools";
import { deleteExpired } from "@/server/modules/retention/service";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";
import { triggersApi } from "./triggers.testkit";

const bench = useWorkflowBench();
const owner = () => triggersApi(bench.north().members.owner.actor);

describe("settings that act at once", () => {
  it("M-19 a workflow that was never published cannot be switched, whatever it is told", async () => {
    await bench.create("never");
    await expect(owner().setOperational({ slug: "never", enabled: true })).rejects.toThrow("never published");
    await expect(owner().setOperational({ slug: "never", enabled: false })).rejects.toThrow("never published");
    expect(await owner().operational({ slug: "never" })).toMatchObject({ publishedVersion: null });
  });

  it("M-19 the Active toggle stops starts at once and lets them go on at once, both in the audit log", async () => {
    await bench.createLive("switched");
    expect(await owner().setOperational({ slug: "switched", enabled: false })).toMatchObject({ enabled: false });
    expect((await bench.start("switched")).json.error.code).toBe("workflow_disabled");
    await owner().setOperational({ slug: "switched", enabled: true });
    expect((await bench.start("switched")).status).toBe(202);
    const { json } = await bench.call("GET", "/api/v1/audit?limit=10");
    const actions = json.entries.map(({ action }: { action: string }) => action);
    expect(actions).toEqual(expect.arrayContaining(["workflow.disabled", "workflow.enabled"]));
  });

  it("are no part of a version: changing them makes none, and they are kept with what they were before", async () => {
    await bench.createLive("settings");
    const after = await owner().setOperational({ slug: "settings", whileDraft: "serve_published", retentionDays: 30 });
    expect(after).toMatchObject({ whileDraft: "serve_published", retentionDays: 30, enabled: true });
    expect((await bench.call("GET", "/api/workflows/settings")).json.data.workflow.version).toBe(1);
    const { json } = await bench.call("GET", "/api/v1/audit?action=workflow.settings_changed");
    expect(json.entries[0].data).toMatchObject({
      before: { whileDraft: "block", retentionDays: null },
      after: { whileDraft: "serve_published", retentionDays: 30 },
    });
    await expect(
      triggersApi(bench.north().members.operator.actor).setOperational({ slug: "settings", retentionDays: 1 }),
    ).rejects.toThrow("workflows:write");
    await expect(
      triggersApi(bench.south().members.owner.actor).setOperational({ slug: "settings", retentionDays: 1 }),
    ).rejects.toThrow("no such workflow");
  });
});

describe("retention", () => {
  it("deletes ended runs that are older than their workflow keeps them, with all that belongs to them, and nothing else", async () => {
    await bench.createLive("kept-short");
    await bench.createLive("kept-ever");
    await owner().setOperational({ slug: "kept-short", retentionDays: 7 });
    await hotPool().query("update organizations set minimum_retention_days = 7");
    const ids: Record<string, string> = {};
    for (const [name, slug] of [
      ["old", "kept-short"],
      ["open", "kept-short"],
      ["young", "kept-short"],
      ["other", "kept-ever"],
    ] as const) {
      const { json } = await bench.call("POST", "/api/v1/workflows", { template_id: slug, input: {} });
      ids[name] = json.id;
    }
    const age = (name: string, days: number, ended: boolean) =>
      hotPool().query(
        `update runs set created_at = now() - make_interval(days => $2), ended_at = case when $3 then now() - make_interval(days => $2) end,
          status = case when $3 then 'completed' else status end where id = $1`,
        [ids[name], days, ended],
      );
    await age("old", 8, true);
    await age("open", 8, false);
    await age("young", 6, true);
    await age("other", 400, true);
    // Every run has a history from its first moment on.
    expect((await hotPool().query("select 1 from run_events where run_id = $1", [ids["old"]])).rowCount).toBe(1);
    await hotPool().query(
      `insert into webhook_calls (id, organization_id, workflow_id, trigger_id, status, created_at)
       select gen_random_uuid(), organization_id, id, 'hook', 202, now() - make_interval(days => d) from workflows, unnest(array[6, 8]) d where slug = 'kept-ever'`,
    );
    await hotPool().query(
      `insert into workflow_versions (id, organization_id, workflow_id, number, spec, triggers, config, created_by_id, created_at)
       select gen_random_uuid(), v.organization_id, v.workflow_id, n, v.spec, v.triggers, v.config, v.created_by_id, now() - make_interval(days => -n - 1)
       from workflow_versions v join workflows w on w.id = v.workflow_id, unnest(array[-1, -3, -4]) n where w.slug = 'kept-ever' and v.number = 1`,
    );
    await hotPool().query(
      "update runs set version_id = (select id from workflow_versions where number = -4) where id = $1",
      [ids["other"]],
    );
    expect(await deleteExpired()).toMatchObject({ runs: 1, calls: 1, drafts: 1 });
    const frozen = await hotPool().query<{ number: number }>(
      "select number from workflow_versions where number < 0 order by 1",
    );
    expect(frozen.rows.map(({ number }) => number)).toEqual([-4, -1]);
    const left = await hotPool().query<{ id: string }>("select id from runs where id = any($1)", [Object.values(ids)]);
    expect(left.rows.map(({ id }) => id).sort()).toEqual([ids["open"], ids["young"], ids["other"]].sort());
    const events = await hotPool().query("select 1 from run_events where run_id = $1", [ids["old"]]);
    expect(events.rowCount).toBe(0);
    const { json } = await bench.call("GET", "/api/v1/audit?action=workflow.runs_deleted");
    expect(json.entries).toMatchObject([{ data: { slug: "kept-short", runs: 1, keptForDays: 7 } }]);
    expect(await deleteExpired()).toMatchObject({ runs: 0, calls: 0, drafts: 0 });
  });
});
