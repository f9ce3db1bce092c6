import { afterAll, beforeAll, expect, test } from "vitest";
import { addTestKey, createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { hotPool } from "@/server/db/pools";
import { forgetEnv } from "@/server/env";
import type { TestDatabase } from "@/tests/database";
import { answerSandbox, demoConnection } from "./demo-sandbox";

let database: TestDatabase;
let demo: TestOrganization;
let other: TestOrganization;
beforeAll(async () => {
  database = await useTestDatabase({ HOLDPOINT_BASE_URL: "http://127.0.0.1:4567" });
  demo = await createTestOrganization("demo");
  other = await createTestOrganization("other");
  await hotPool().query("update organizations set is_demo = true where id = $1", [demo.id]);
});
afterAll(() => database.close());

function start(mode: "on" | "off"): void {
  process.env["HOLDPOINT_DEMO"] = mode;
  forgetEnv();
}

const calls = async (key?: string) =>
  (
    await answerSandbox(
      new Request("http://127.0.0.1:4567/api/sandbox/_calls", {
        headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
      }),
    )
  ).status;

test("the sandbox is there in demo mode only", async () => {
  start("off");
  expect(await calls(demo.members.owner.apiKey)).toBe(404);
  start("on");
  expect(await calls(demo.members.owner.apiKey)).toBe(200);
});

test("L10 the list of calls is for keys of the demo organization that may read runs", async () => {
  start("on");
  const blind = await addTestKey(demo.id, demo.members.owner.userId, ["workflows:read"]);
  for (const key of [undefined, "", "hp_made_up", other.members.owner.apiKey, blind.apiKey])
    expect(await calls(key)).toBe(401);
});

test("a demo connection's base URL and token fit the sandbox", async () => {
  start("on");
  const { baseUrl, token } = demoConnection("identity");
  expect(baseUrl).toBe("http://127.0.0.1:4567/api/sandbox/identity");
  const answer = await answerSandbox(
    new Request(`${baseUrl}/v1/identities/verify`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ email: "jane@acme.com" }),
    }),
  );
  expect(await answer.json()).toMatchObject({ verified: true, name: "Jane" });
});
