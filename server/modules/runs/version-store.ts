import type { Pool } from "pg";
import { compile } from "@/core/engine/compile";
import type { Plan } from "@/core/engine/plan";
import type { Spec, WorkflowConfig } from "@/core/workflow/document";
import { testSettingsSchema, type TestSettings } from "@/core/contracts/test-run";
import { createWeighedCache } from "@/server/weighed-cache";
import { stepDefinitions } from "@/steps/definitions";

/** A version ready to be run. Versions are immutable, so nothing here is ever stale. */
export interface CompiledVersion {
  plan: Plan;
  spec: Spec;
  workflow: { id: string; slug: string; name: string };
  /** Of a frozen draft that a test runs. */
  test: TestSettings | null;
}

/** What compiled versions may take in memory, by the length of their specs; a plan is a few times as long. */
const budgetBytes = 32 * 1024 * 1024;

/** Reads and compiles versions, keeping those that were used last. */
export function createVersionLoader(
  pool: Pool,
): (organizationId: string, versionId: string) => Promise<CompiledVersion> {
  const versions = createWeighedCache<CompiledVersion>(budgetBytes, ({ spec }) => JSON.stringify(spec).length);
  return (organizationId, versionId) =>
    versions.get(`${organizationId}/${versionId}`, () => loadVersion(pool, organizationId, versionId));
}

async function loadVersion(pool: Pool, organizationId: string, versionId: string): Promise<CompiledVersion> {
  // Written by the workflows module only after validation against the same schema.
  const { rows } = await pool.query<{
    spec: Spec;
    config: WorkflowConfig;
    test: unknown;
    id: string;
    slug: string;
    name: string;
  }>({
    name: "version_load",
    text: `select v.spec, v.config, v.test_settings as test, w.id, w.slug, w.name from workflow_versions v join workflows w on w.id = v.workflow_id
           where v.id = $1 and v.organization_id = $2`,
    values: [versionId, organizationId],
  });
  const row = rows[0];
  if (!row) throw new Error(`Version ${versionId} does not exist`);
  return {
    plan: compile(row.spec, row.config, stepDefinitions),
    spec: row.spec,
    workflow: { id: row.id, slug: row.slug, name: row.name },
    test: row.test === null ? null : testSettingsSchema.parse(row.test),
  };
}
