import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { TestDatabase } from "@/tests/database";
import { rest } from "./client.testkit";
import { restRouter } from "@/server/routes/rest";

let database: TestDatabase;
let north: TestOrganization;
let key: string;

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
  key = north.members.owner.apiKey;
});
afterAll(() => database.close());

const open = ["/api/health", "/api/health/live", "/api/hooks/{token}", "/api/callbacks/{token}"];

it("B-15 every address refuses a parameter that it does not know, before anything else happens", async () => {
  const closed = restRouter().routes.filter(({ path, method }) => !open.includes(path) && method === "GET");
  expect(closed.length).toBeGreaterThan(20);
  for (const { path } of closed) {
    const { status, json } = await rest(key, "GET", `${path.replaceAll(/\{\w+\}/g, "x")}?stauts=failed`);
    expect([path, status, json.error?.code]).toEqual([path, 422, "unknown_parameter"]);
  }
});

it("K7 names the parameter that was meant", async () => {
  const { json } = await rest(key, "GET", "/api/v1/runs?stauts=failed");
  expect(json.error).toMatchObject({
    code: "unknown_parameter",
    details: [
      {
        code: "unknown_parameter",
        severity: "error",
        path: "query.stauts",
        message: 'There is no parameter "stauts" here. Did you mean "status"?',
      },
    ],
  });
  const none = await rest(key, "GET", "/api/v1/webhook-subscriptions/x?zzzzzzzz=1");
  expect(none.json.error.details[0].message).toBe('There is no parameter "zzzzzzzz" here. Remove it.');
});

it("B-15 a parameter that takes one value is not given twice", async () => {
  const { status, json } = await rest(key, "GET", "/api/v1/runs?workflow=a&workflow=b");
  expect([status, json.error.details]).toMatchObject([
    422,
    [{ code: "repeated_parameter", path: "query.workflow", message: "It is given more than once. Give it once." }],
  ]);
});

it("B-45 a limit beyond the maximum is refused with the maximum", async () => {
  for (const limit of ["201", "1000", "0", "-1", "1.5", "ten", "1e308"]) {
    const { status, json } = await rest(key, "GET", `/api/v1/approvals?limit=${limit}`);
    expect([
      limit,
      status,
      json.error.details.map(({ path, message }: { path: string; message: string }) => [path, message]),
    ]).toEqual([limit, 422, [["query.limit", "It must be a whole number from 1 to 200: a page holds at most 200."]]]);
  }
});

it("K7 misspelt scopes and fields of a body are named with what was meant", async () => {
  const scope = await rest(key, "POST", "/api/v1/api-keys", { name: "A", scopes: ["runs:strat"] });
  expect(scope.json.error.details).toMatchObject([
    { path: "scopes[0]", message: expect.stringContaining('Did you mean "runs:start"?') },
  ]);
  const field = await rest(key, "POST", "/api/v1/runs", { template: "x" });
  expect(field.json.error.details).toMatchObject([
    { path: "template_id", message: "It is missing." },
    {
      code: "unknown_field",
      path: "template",
      message: 'There is no field "template" here. Did you mean "template_id"?',
    },
  ]);
});
