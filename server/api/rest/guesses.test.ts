import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { newKeyToken } from "@/server/auth/key-token";
import { useTestDatabase } from "@/server/db/database.testkit";
import { hotPool } from "@/server/db/pools";
import type { TestDatabase } from "@/tests/database";
import { serveRest } from "@/server/routes/serve-rest";

let database: TestDatabase;
let organization: TestOrganization;
beforeAll(async () => {
  database = await useTestDatabase();
  organization = await createTestOrganization("north");
});
afterAll(() => database.close());

function call(address: string, method: string, path: string, apiKey?: string): Promise<Response> {
  const headers = new Headers({ "x-forwarded-for": address, "content-type": "application/json" });
  if (apiKey !== undefined) headers.set("authorization", `Bearer ${apiKey}`);
  return serveRest(
    new Request(`http://127.0.0.1:3000${path}`, { method, headers, ...(method === "GET" ? {} : { body: "{}" }) }),
  );
}

/** How many of 110 wrong ones got each status. */
async function guess(send: () => Promise<Response>): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (let round = 0; round < 110; round += 1) {
    const { status, headers } = await send();
    counts[status] = (counts[status] ?? 0) + 1;
    expect(headers.has("retry-after")).toBe(status === 429);
  }
  return counts;
}

it.each([
  ["callbacks", "198.51.100.1", "POST", () => `/api/callbacks/${newKeyToken()}`],
  ["webhooks", "198.51.100.2", "POST", () => `/api/hooks/${newKeyToken()}`],
])("S16 wrong tokens of %s are counted by address: 429 after a while", async (_, address, method, path) => {
  expect(await guess(() => call(address, method, path()))).toEqual({ 404: 100, 429: 10 });
  expect((await call("198.51.100.9", method, path())).status).toBe(404);
});

it("S16 wrong API keys are counted by address, and a right one still works from there", async () => {
  const address = "198.51.100.3";
  expect(await guess(() => call(address, "GET", "/api/v1/members", newKeyToken()))).toEqual({ 401: 100, 429: 10 });
  expect((await call(address, "GET", "/api/v1/members", organization.members.viewer.apiKey)).status).toBe(200);
});

it("S16 right keys and other refusals count nothing", async () => {
  const { apiKey } = organization.members.viewer;
  await call("198.51.100.4", "GET", "/api/v1/members", apiKey);
  await call("198.51.100.4", "GET", "/api/v1/runs/nothing-here", apiKey);
  const { rows } = await hotPool().query("select key from guess_counters where key like 'token:198.51.100.4'");
  expect(rows).toEqual([]);
});
