import { afterEach, expect, test } from "vitest";
import { forgetEnv } from "@/server/env";
import { answerSandbox, demoConnection } from "./demo-sandbox";

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
  forgetEnv();
});

function start(demo: "on" | "off"): void {
  Object.assign(process.env, {
    DATABASE_URL: "postgresql://localhost/none",
    NEXTAUTH_SECRET: "a-secret-that-is-long-enough-for-this-test",
    HOLDPOINT_ENCRYPTION_KEYS: "k1:unused",
    HOLDPOINT_DEMO: demo,
    HOLDPOINT_BASE_URL: "http://127.0.0.1:4567",
  });
  forgetEnv();
}

test("the sandbox is there in demo mode only", async () => {
  start("off");
  expect((await answerSandbox(new Request("http://127.0.0.1:4567/api/sandbox/_calls"))).status).toBe(404);
  start("on");
  expect((await answerSandbox(new Request("http://127.0.0.1:4567/api/sandbox/_calls"))).status).toBe(200);
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
