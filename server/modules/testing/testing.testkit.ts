import { expect } from "vitest";
import { eventually, readRun, readSteps } from "@/inngest/runtime/runtime.testkit";
import type { StartTest } from "@/core/contracts/test-run";
import type { JsonObject } from "@/core/json";
import { importSpec } from "@/core/workflow/import";
import { defaultConfig } from "@/core/workflow/document";
import { newId } from "@/core/ids";
import { createRunsScene, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { stepDefinitions } from "@/steps/definitions";
import { rehearse, startTest } from "./service";
import type { Rehearsal } from "@/core/contracts/test-run";

/** A workflow, its draft, and tests of it that really run. The builder of north is the tester. */
export async function createTestingScene() {
  const scene = await createRunsScene();
  const { pool } = scene.database;
  const tester = scene.north.members.builder;
  return {
    ...scene,
    tester,
    /** A workflow with version 1, and a draft of it when one is given. */
    async workflow(slug: string, spec: object, draft?: object): Promise<string> {
      const saved = await scene.call("POST", "/api/workflows", { slug, name: slug, spec });
      expect(saved).toMatchObject({ status: 201 });
      const id = await workflowId(scene, slug);
      if (draft) await putDraft(scene, id, draft);
      return id;
    },
    putDraft: (id: string, spec: object) => putDraft(scene, id, spec),
    /** Starts a test that must start. */
    async test(slug: string, input: JsonObject = {}, more: Partial<StartTest> = {}): Promise<string> {
      const started = await startTest(tester.actor, { slug, input, allowLive: false, ...more });
      if (!started.started) throw new Error("the test asked about live connections");
      return started.runId;
    },
    async ended(runId: string): Promise<Record<string, unknown>> {
      return eventually(
        () => readRun(pool, runId),
        (run) => run["ended_at"] !== null,
      );
    },
    async steps(runId: string) {
      return new Map((await readSteps(pool, runId)).map((step) => [step.key, step]));
    },
    /** What the test waits for, once it does. */
    async waitpoint(runId: string, nodeId: string) {
      const row = await eventually(
        async () =>
          (
            await pool.query<{
              id: string;
              kind: string;
              assignees: string[];
              request: JsonObject;
              due_at: Date | null;
            }>(
              "select id, kind, assignees, request, due_at from waitpoints where run_id = $1 and node_id = $2 and status = 'open'",
              [runId, nodeId],
            )
          ).rows[0],
        (found) => found !== undefined,
      );
      if (!row) throw new Error("no waitpoint");
      return row;
    },
    rehearse: (runId: string, waitpointId: string, act: Rehearsal["act"]) =>
      rehearse(tester.actor, { runId, waitpointId, act }),
    async rows<T>(sql: string, values: unknown[] = []): Promise<T[]> {
      return (await pool.query(sql, values)).rows as T[];
    },
  };
}

async function workflowId(scene: RunsScene, slug: string): Promise<string> {
  const { rows } = await scene.database.pool.query<{ id: string }>("select id from workflows where slug = $1", [slug]);
  if (!rows[0]) throw new Error(`no workflow ${slug}`);
  return rows[0].id;
}

async function putDraft(scene: RunsScene, id: string, spec: object): Promise<void> {
  const imported = importSpec(spec, stepDefinitions);
  if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
  await scene.database.pool.query(
    `insert into workflow_drafts (workflow_id, organization_id, revision, base_version, spec, triggers, config, created_by_id, updated_by_id, updated_at)
     values ($1, $2, 1, 1, $3, '[{"id":"manual","type":"manual"}]', $4, $5, $5, now())
     on conflict (workflow_id) do update set spec = excluded.spec, revision = workflow_drafts.revision + 1`,
    [id, scene.north.id, JSON.stringify(imported.spec), JSON.stringify(defaultConfig), newId()],
  );
}
