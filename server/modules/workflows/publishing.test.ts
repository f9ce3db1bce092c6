import { describe, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { createCaller } from "@/server/routes/root";
import { hotPool } from "@/server/db/pools";
import { kyc, small, useWorkflowBench } from "./workflows.testkit";

const { north, south, call, create, createLive, start } = useWorkflowBench();

describe("publishing", () => {
  it("K-16 K-23 is blocked by errors, which a draft may have", async () => {
    const spec = {
      startNodeId: "a",
      nodes: [
        { id: "a", type: "transform", expression: 1 },
        { id: "b", type: "decision", expression: "trigger.x", cases: { y: { next: "a" } } },
      ],
      edges: [{ from: "a", to: "b" }],
    };
    const created = await call("POST", "/api/workflows", { slug: "broken", name: "Broken", spec });
    expect(created.status).toBe(201);
    const codes = created.json.data.issues.map(({ code }: { code: string }) => code);
    expect(codes).toEqual(expect.arrayContaining(["cycle", "missing_default_case"]));
    const blocked = await call("POST", "/api/workflows/broken/publish");
    expect([blocked.status, blocked.json.error.code]).toEqual([422, "publish_blocked"]);
    expect(blocked.json.error.details).toContainEqual(
      expect.objectContaining({
        code: "missing_default_case",
        severity: "error",
        path: expect.stringMatching(/^spec\.nodes\[1\]/),
      }),
    );
    const validated = await call("POST", "/api/workflows/validate", { spec });
    expect(validated.json.data.issues.map(({ code }: { code: string }) => code)).toEqual(
      expect.arrayContaining(["cycle", "missing_default_case"]),
    );
  });

  it("knows the connections of its own organization only", async () => {
    const answer = await rest(south().members.owner.apiKey, "POST", "/api/workflows", kyc());
    expect(answer.json.data.issues).toContainEqual(expect.objectContaining({ code: "unknown_connection" }));
    expect(
      (await rest(south().members.owner.apiKey, "POST", "/api/workflows/indonesian-kyc-v1/publish")).json.error.code,
    ).toBe("publish_blocked");
  });

  it("by 50 at once happens once", async () => {
    await create("crowded");
    const answers = await Promise.all(Array.from({ length: 50 }, () => call("POST", "/api/workflows/crowded/publish")));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const { rows } = await hotPool().query(
      "select count(*)::int as lines from audit_entries where action = 'workflow.published' and data->>'slug' = 'crowded'",
    );
    expect(rows[0]).toEqual({ lines: 1 });
  });

  it("C12 gives every one of 20 PATCHes at once its own number", async () => {
    await create("edited");
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        call("PATCH", "/api/workflows/edited", { config: { maxRetries: index } }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    const { json } = await call("GET", "/api/workflows/edited/versions");
    expect(json.data.versions.map(({ number }: { number: number }) => number)).toEqual(
      Array.from({ length: 21 }, (_, index) => 21 - index),
    );
  });
});

describe("the pages' procedures", () => {
  it("M-19 F-45 show what is live, who wrote each version, two weeks of runs and the form's schema", async () => {
    const page = createCaller({ actor: north().members.builder.actor, requestId: "test" });
    await createLive("shown", {
      spec: { ...small("x").spec, inputSchema: { type: "object", properties: { x: { type: "string" } } } },
      triggers: [{ type: "manual" }, { type: "schedule", cron: "0 9 * * 1-5" }],
    });
    await start("shown");
    await hotPool().query(
      "update runs set status = 'completed', ended_at = now(), created_at = now() - interval '2 days' where workflow_id = (select id from workflows where slug = 'shown' and organization_id = $1)",
      [north().id],
    );
    await start("shown");
    await call("PATCH", "/api/workflows/shown", { config: { whileDraft: "serve_published", maxRetries: 0 } });
    const detail = await page.workflows.get({ slug: "shown" });
    expect(detail).toMatchObject({
      status: "active",
      enabled: true,
      headVersion: 2,
      publishedVersion: 1,
      executions: 2,
      openRuns: 1,
      triggerTypes: ["manual", "schedule"],
      issues: [],
      inputSchema: { properties: { x: { type: "string" } } },
      folder: "",
      tags: [],
      owner: { id: north().members.owner.userId, name: "owner" },
      hasDraft: false,
      nextRunAt: expect.stringMatching(/T09:00:00/),
      retentionDays: null,
      reviewRequired: false,
      may: { start: true, edit: true, publish: true },
    });
    const viewer = createCaller({ actor: north().members.viewer.actor, requestId: "test" });
    expect((await viewer.workflows.get({ slug: "shown" })).may).toEqual({ start: false, edit: false, publish: false });
    expect(detail.activity.map(({ completed, failed, other }) => [completed, failed, other]).slice(-3)).toEqual([
      [1, 0, 0],
      [0, 0, 0],
      [0, 0, 1],
    ]);
    expect(detail.activity).toHaveLength(14);
    expect(detail.versions).toMatchObject([
      { number: 2, isCurrent: false, publishedAt: null, openRuns: 0 },
      { number: 1, isCurrent: true, author: "owner", note: "Initial version", openRuns: 1 },
    ]);
    expect(detail.graph.nodes).toMatchObject([{ id: "shape", type: "transform" }]);
    const { items } = await page.workflows.list();
    expect(items.find(({ slug }) => slug === "shown")).toMatchObject({ openRuns: 1, executions: 2 });
    expect(await page.workflows.publish({ slug: "shown", note: "No retries" })).toEqual({ publishedVersion: 2 });
    expect(await page.workflows.setEnabled({ slug: "shown", enabled: false })).toEqual({ enabled: false });
    expect(await page.workflows.rollback({ slug: "shown", version: 1 })).toEqual({ publishedVersion: 3 });
    expect(await page.workflows.validate({ spec: { startNodeId: "nowhere", nodes: [], edges: [] } })).toMatchObject({
      issues: expect.arrayContaining([expect.objectContaining({ code: "no_start" })]),
    });
    expect(await page.workflows.retire({ slug: "shown" })).toEqual({ status: "retired" });
  });

  it("K16 keep the rows of a live version's triggers in step: what it has not is silent and stays", async () => {
    const rows = async () =>
      (
        await hotPool().query(
          "select t.trigger_id, t.type, t.event_name from active_triggers t join workflows w on w.id = t.workflow_id where w.slug = 'listening' and t.is_live order by 1",
        )
      ).rows;
    await createLive("listening", {
      triggers: [
        { id: "a", type: "schedule", cron: "0 9 * * *" },
        { id: "b", type: "event", event: "x.y" },
        { id: "c", type: "conversation" },
        { id: "d", type: "manual" },
      ],
    });
    expect(await rows()).toEqual([
      { trigger_id: "a", type: "schedule", event_name: null },
      { trigger_id: "b", type: "event", event_name: "x.y" },
      { trigger_id: "c", type: "conversation", event_name: "conversation.message" },
    ]);
    await call("PATCH", "/api/workflows/listening", { triggers: [{ id: "b", type: "event", event: "x.z" }] });
    expect(await rows()).toHaveLength(3);
    await call("POST", "/api/workflows/listening/publish");
    expect(await rows()).toEqual([{ trigger_id: "b", type: "event", event_name: "x.z" }]);
    await call("POST", "/api/workflows/listening/retire");
    expect(await rows()).toEqual([]);
    const { rows: silent } = await hotPool().query(
      "select t.event_name, t.next_at from active_triggers t join workflows w on w.id = t.workflow_id where w.slug = 'listening'",
    );
    expect(silent).toEqual(Array(3).fill({ event_name: null, next_at: null }));
  });
});
