import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createHostCheck } from "./host-check";
import { statusFor } from "./host.testkit";

let server: Server | undefined;
afterEach(() => new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined))));

const public_ = "https://holdpoint.example.com";

async function listen({ address = public_, host = "127.0.0.1", allowed = "" } = {}): Promise<number> {
  const isForUs = createHostCheck({ addresses: [address], host, allowed });
  server = createServer((request, response) => {
    if (isForUs(request, response)) response.end("ours");
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

test.each([
  "holdpoint.example.com",
  "HOLDPOINT.example.com",
  "holdpoint.example.com:443",
  "127.0.0.1:PORT",
  "localhost:PORT",
  "127.8.0.1:PORT",
  "[::1]:PORT",
])("H1 a request for %s is ours", async (name) => {
  const port = await listen();
  expect(await statusFor(port, "/sign-in", name.replace("PORT", String(port)))).toBe(200);
});

test.each([
  "attacker.test",
  "attacker.test:PORT",
  "localhost.attacker.test:PORT",
  "127.0.0.1.attacker.test:PORT",
  "holdpoint.example.com.attacker.test",
  "holdpoint.example.com:PORT",
  "localhost",
  "localhost:1",
  "10.0.0.1:PORT",
  "user@localhost:PORT",
  "http:127.0.0.1:PORT",
  "",
])("H1 a request for %s is refused with 421", async (name) => {
  const port = await listen();
  const host = name.replace("PORT", String(port));
  for (const path of ["/sign-in", "/api/v1/approvals", "/api/health/live", "/api/inngest"])
    expect(await statusFor(port, path, host)).toBe(421);
});

test("H1 a host that is named twice, or in the request line, is refused", async () => {
  const port = await listen();
  const own = `localhost:${String(port)}`;
  expect(await statusFor(port, "http://attacker.test/sign-in", own)).toBe(421);
  expect(await statusFor(port, "/sign-in", [own, "attacker.test"])).not.toBe(200);
});

test("H1 the refusal says what to do, and what the operator lists is let through", async () => {
  const port = await listen({ allowed: "10.0.0.1:8443, balancer.internal" });
  const answer = await fetch(`http://127.0.0.1:${String(port)}/`);
  expect(await answer.text()).toBe("ours");
  expect(await statusFor(port, "/", "10.0.0.1:8443")).toBe(200);
  expect(await statusFor(port, "/", "10.0.0.1")).toBe(421);
  expect(await statusFor(port, "/", "balancer.internal:9")).toBe(200);
  expect(await statusFor(port, "/", "balancer.internal")).toBe(200);
});

test("H1 an address that the process was told to listen at is its own", async () => {
  const port = await listen({ host: "10.0.0.1" });
  expect(await statusFor(port, "/", `10.0.0.1:${String(port)}`)).toBe(200);
});
