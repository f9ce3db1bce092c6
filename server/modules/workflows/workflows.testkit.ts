import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { newId } from "@/core/ids";
import { rest } from "@/server/api/rest/client.testkit";
import { addTestMember, createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { hotPool } from "@/server/db/pools";
import type { TestDatabase } from "@/tests/database";

/** For one test file: a fresh database with the organizations north and south; calls are made by the owner of north. */
export function useWorkflowBench() {
  let database: TestDatabase;
  let north: TestOrganization;
  let south: TestOrganization;
  beforeAll(async () => {
    database = await useTestDatabase();
    north = await createTestOrganization("north");
    south = await createTestOrganization("south");
    // Somebody stands behind each role that the documents of these tests ask: without, they could not go live.
    await addTestMember({
      organizationId: north.id,
      role: "approver",
      email: "colleague@north.holdpoint.test",
      businessRoles: ["manager", "kyc_analyst"],
    });
    await insertTestConnections(north.id, ["identity", "aml", "stripe"]);
  });
  afterAll(() => database.close());

  const call = (method: string, path: string, body?: unknown) => rest(north.members.owner.apiKey, method, path, body);
  async function create(slug: string, more: Record<string, unknown> = {}) {
    const answer = await call("POST", "/api/workflows", small(slug, more));
    expect(answer.status).toBe(201);
    return answer.json.data.workflow;
  }
  return {
    north: () => north,
    south: () => south,
    /** As the owner of the tables, who may also change them. */
    asOwner: (statement: string) => database.pool.query(statement),
    call,
    create,
    async createLive(slug: string, more: Record<string, unknown> = {}) {
      await create(slug, more);
      expect((await call("POST", `/api/workflows/${slug}/publish`)).status).toBe(200);
    },
    start: (slug: string, body: Record<string, unknown> = { input: {} }) =>
      call("POST", `/api/workflows/${slug}/executions`, body),
  };
}

/** The smallest workflow there is, with one step. */
export const small = (slug: string, more: Record<string, unknown> = {}) => ({
  slug,
  name: slug,
  spec: {
    startNodeId: "shape",
    nodes: [{ id: "shape", type: "transform", expression: { seen: "${trigger.x}" } }],
    edges: [],
  },
  ...more,
});

export const kyc = (): Record<string, unknown> =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../../../core/workflow/fixtures/indonesian-kyc-v1.json"), "utf8"));

/** Connections of the demo services, as far as validation looks at them. */
export async function insertTestConnections(organizationId: string, slugs: readonly string[]): Promise<void> {
  for (const slug of slugs) {
    await hotPool().query(
      "insert into connections (id, organization_id, slug, connector, name, base_url, auth_type, updated_at) values ($1, $2, $3, 'http', $3, 'http://127.0.0.1:9', 'none', now())",
      [newId(), organizationId, slug],
    );
  }
}
