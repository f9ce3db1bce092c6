import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { addTestMember, createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { insertTestConnections } from "./workflows.testkit";
import type { TestDatabase } from "@/tests/database";

let database: TestDatabase;
let organization: TestOrganization;

beforeAll(async () => {
  database = await useTestDatabase();
  organization = await createTestOrganization("objects");
  await insertTestConnections(organization.id, ["identity", "aml"]);
  await addTestMember({
    organizationId: organization.id,
    role: "approver",
    email: "analyst@objects.holdpoint.test",
    businessRoles: ["kyc_analyst"],
  });
});
afterAll(() => database.close());

const call = (method: string, path: string, body?: unknown) =>
  rest(organization.members.owner.apiKey, method, path, body);
const kyc = (): Record<string, unknown> =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../../../core/workflow/fixtures/indonesian-kyc-v1.json"), "utf8"));

it("K-3 K-4 K-5 K-6 K-7 K-8 K-9 K-10 K-11 K-12 a workflow has the keys of the source, with values of their kinds", async () => {
  const created = await call("POST", "/api/workflows", kyc());
  expect(created.status).toBe(201);
  const { workflow } = created.json.data;
  expect(workflow).toMatchObject({
    slug: "indonesian-kyc-v1",
    name: "Indonesian KYC onboarding",
    description: kyc()["description"],
    spec: kyc()["spec"],
    triggerType: "api",
    triggerSpec: null,
    status: "draft",
    version: 1,
  });
  expect(workflow.id).toMatch(/^wkf_[0-9A-HJKMNP-TV-Z]{26}$/);
  for (const time of [workflow.createdAt, workflow.updatedAt]) expect(new Date(time).toISOString()).toBe(time);
});

it("K-10 the status goes from draft to active to retired", async () => {
  const statuses = ["draft"];
  for (const verb of ["publish", "retire"]) {
    const answer = await call("POST", `/api/workflows/indonesian-kyc-v1/${verb}`, {});
    expect(answer.status).toBe(200);
    statuses.push(answer.json.data.workflow.status);
  }
  expect(statuses).toEqual(["draft", "active", "retired"]);
});

it("K-2 a version is never changed: a change makes the next one, and the old one reads as before", async () => {
  const before = await call("GET", "/api/workflows/indonesian-kyc-v1/versions/1");
  const spec = structuredClone(kyc()["spec"]) as { nodes: { id: string; name?: string }[] };
  for (const node of spec.nodes) if (node.id === "kyc") node.name = "Read the card";
  const changed = await call("PATCH", "/api/workflows/indonesian-kyc-v1", { spec });
  expect(changed.json.data.workflow).toMatchObject({ version: 2, status: "draft" });
  const after = await call("GET", "/api/workflows/indonesian-kyc-v1/versions/1");
  expect(after.json).toEqual(before.json);
});
