import type { InngestFunction } from "inngest";
import type { Pool } from "pg";
import { newId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import { importSpec } from "@/core/workflow/import";
import { defaultConfig, type Spec, type WorkflowConfig } from "@/core/workflow/document";
import { createGroupWriter } from "@/server/db/group-writer";
import { createHttpClient } from "@/server/integrations/http/http-client";
import { parsePrivateHosts } from "@/server/integrations/http/private-hosts";
import { createKeyRing } from "@/server/integrations/secrets/key-ring";
import { sendDigest, tellPeople } from "@/server/modules/notices/service";
import { repairRounds } from "@/server/modules/repairs/service";
import { createRunStore, type RunStore } from "@/server/modules/runs/store";
import { stepDefinitions } from "@/steps/definitions";
import type { HoldpointInngest } from "../client";
import { currentDispatch, markMemoCommitted, stillOurs } from "../embedded/dispatch-context";
import { createTestClient, startTestExecutor, type TestExecutorOptions } from "../embedded/executor.testkit";
import { createDecisionDueFunction } from "../functions/decision-due";
import { createRunWorkflow } from "../functions/run-workflow";
import { createSendDigestFunction } from "../functions/send-digest";
import { createTellPeopleFunction } from "../functions/tell-people";
import { createTryAllAgainFunction } from "../functions/try-all-again";
import { createRuntimeDeps } from "./create-runtime";
import { inngestServer } from "./patience.testkit";
import { embeddedRunExecutor, type RunExecutor } from "./run-executor.testkit";
import { createRunTurns } from "./run-turns";
import { startServedExecutor } from "./served-executor.testkit";

export { eventually } from "./patience.testkit";

export const testKeys = `test:${Buffer.alloc(32, 7).toString("base64")}`;

/** A worker in this process on a test database: real executor, real journal, real HTTP. */
export interface TestWorker {
  store: RunStore;
  executor: RunExecutor;
  stop(): Promise<void>;
}

export async function startTestWorker(
  database: { url: string; pool: Pool },
  overrides: TestExecutorOptions = {},
): Promise<TestWorker> {
  const writer = createGroupWriter(database.pool);
  const store = createRunStore(database.pool, writer);
  const deps = createRuntimeDeps({
    pool: database.pool,
    store,
    httpClient: createHttpClient({ privateHosts: parsePrivateHosts("127.0.0.1,localhost") }),
    keyRing: createKeyRing(testKeys),
    baseUrl: "http://127.0.0.1:1",
    masterSecret: process.env["NEXTAUTH_SECRET"] ?? "a-secret-that-is-long-enough-for-this-test",
    dispatch: currentDispatch,
    memoCommitted: markMemoCommitted,
    stillOurs,
    log: {
      warn: () => undefined,
      error: (fields, message) => {
        console.error(message, fields);
      },
    },
  });
  const functionsOf = (client: HoldpointInngest) => [
    createRunWorkflow(client, createRunTurns(deps)),
    createDecisionDueFunction(client, store),
    createTellPeopleFunction(client, tellPeople),
    createSendDigestFunction(client, sendDigest),
    createTryAllAgainFunction(client, repairRounds, () => 20),
  ];
  const executor =
    inngestServer === undefined
      ? await startEmbedded(database, functionsOf, overrides)
      : await startServedExecutor(database, functionsOf, overrides.concurrency ?? Number.POSITIVE_INFINITY);
  return {
    store,
    executor,
    stop: async () => {
      await executor.stop();
      await writer.close();
    },
  };
}

async function startEmbedded(
  database: { url: string; pool: Pool },
  functionsOf: (client: HoldpointInngest) => InngestFunction.Any[],
  overrides: TestExecutorOptions,
): Promise<RunExecutor> {
  const testClient = createTestClient();
  const functions = functionsOf(testClient.client);
  return embeddedRunExecutor(database.pool, await startTestExecutor(database.url, testClient, functions, overrides));
}

export interface TestWorkflow {
  organizationId: string;
  ownerId: string;
  workflowId: string;
  versionId: string;
  spec: Spec;
}

/** An organization with an owner, one workflow and its published version. */
export async function insertWorkflow(
  pool: Pool,
  document: JsonObject,
  options: { config?: Partial<WorkflowConfig>; organizationId?: string } = {},
): Promise<TestWorkflow> {
  const imported = importSpec(document, stepDefinitions);
  if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
  const [organizationId, ownerId, workflowId, versionId] = [
    options.organizationId ?? newId(),
    newId(),
    newId(),
    newId(),
  ];
  if (options.organizationId === undefined)
    await pool.query("insert into organizations (id, slug, name) values ($1, $2, 'Test')", [
      organizationId,
      `org-${organizationId}`,
    ]);
  await pool.query("insert into users (id, email, name) values ($1, $2, 'Owner')", [
    ownerId,
    `${ownerId}@holdpoint.test`,
  ]);
  await pool.query(
    "insert into memberships (organization_id, user_id, role, business_roles) values ($1, $2, 'owner', '{manager}')",
    [organizationId, ownerId],
  );
  await pool.query(
    "insert into business_roles (organization_id, slug, name) values ($1, 'manager', 'Manager') on conflict do nothing",
    [organizationId],
  );
  await pool.query(
    "insert into workflows (id, organization_id, slug, name, status, published_version, owner_id, updated_at) values ($1, $2, $3, 'Test workflow', 'active', 1, $4, now())",
    [workflowId, organizationId, `wf-${workflowId}`, ownerId],
  );
  await pool.query(
    "insert into workflow_versions (id, organization_id, workflow_id, number, spec, triggers, config, created_by_id) values ($1, $2, $3, 1, $4, '[]', $5, $6)",
    [
      versionId,
      organizationId,
      workflowId,
      JSON.stringify(imported.spec),
      JSON.stringify({ ...defaultConfig, ...options.config }),
      ownerId,
    ],
  );
  return { organizationId, ownerId, workflowId, versionId, spec: imported.spec };
}

export async function insertConnection(
  pool: Pool,
  organizationId: string,
  slug: string,
  baseUrl: string,
): Promise<void> {
  await pool.query(
    "insert into connections (id, organization_id, slug, connector, name, base_url, auth_type, updated_at) values ($1, $2, $3, 'http', $3, $4, 'none', now())",
    [newId(), organizationId, slug, baseUrl],
  );
}

export async function startTestRun(
  worker: Pick<TestWorker, "store">,
  workflow: TestWorkflow,
  input: JsonObject = {},
  startKey: string | null = null,
): Promise<string> {
  const start = workflow.spec.nodes.find((node) => node.id === workflow.spec.startNodeId);
  const definitions: Record<string, { kind: string }> = stepDefinitions;
  const isEffect = start !== undefined && definitions[start.type]?.kind === "effect";
  const { id } = await worker.store.startRun({
    organizationId: workflow.organizationId,
    workflowId: workflow.workflowId,
    versionId: workflow.versionId,
    version: 1,
    triggerType: "api",
    input,
    ownerId: workflow.ownerId,
    initiatedBy: workflow.ownerId,
    startKey,
    first: isEffect ? start.id : null,
  });
  return id;
}

export async function readRun(pool: Pool, id: string): Promise<Record<string, unknown>> {
  const { rows } = await pool.query<Record<string, unknown>>("select * from runs where id = $1", [id]);
  if (!rows[0]) throw new Error(`no run ${id}`);
  return rows[0];
}

export async function readSteps(
  pool: Pool,
  id: string,
): Promise<
  {
    key: string;
    status: string;
    output: unknown;
    summary: string | null;
    warnings: string[] | null;
    attempt: number;
  }[]
> {
  const { rows } = await pool.query<{
    key: string;
    status: string;
    output: unknown;
    summary: string | null;
    warnings: string[] | null;
    attempt: number;
  }>(
    "select key, status, output, summary, warnings, attempt from step_runs where run_id = $1 and not superseded order by seq",
    [id],
  );
  return rows;
}
