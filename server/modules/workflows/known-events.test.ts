import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { TestDatabase } from "@/tests/database";
import { rest } from "@/server/api/rest/client.testkit";

let database: TestDatabase;
beforeAll(async () => {
  database = await useTestDatabase();
});
afterAll(() => database.close());

it("unknown_event: a trigger that misspells a received event is warned of it, in the organization that received it", async () => {
  const [north, south] = [await createTestOrganization("north"), await createTestOrganization("south")];
  const came = await rest(north.members.owner.apiKey, "POST", "/api/v1/events", {
    name: "product.stock_depleted",
    data: {},
  });
  expect(came.status).toBeLessThan(300);
  const draft = {
    slug: "restock",
    name: "Restock",
    spec: { startNodeId: "out", nodes: [{ id: "out", type: "output", output: "x" }], edges: [] },
    triggers: [{ id: "on", type: "event", event: "product.stock_depletd" }],
  };
  const found = async (key: string): Promise<unknown> => {
    const saved = await rest(key, "POST", "/api/workflows", draft);
    expect(saved).toMatchObject({ status: 201 });
    return saved.json;
  };
  const warning = {
    code: "unknown_event",
    path: "triggers[0].event",
    message: 'No event "product.stock_depletd" has come yet. Did you mean "product.stock_depleted"?',
  };
  expect(JSON.stringify(await found(north.members.owner.apiKey))).toContain(JSON.stringify(warning.message));
  expect(JSON.stringify(await found(south.members.owner.apiKey))).not.toContain(warning.code);
});
