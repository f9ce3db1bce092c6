import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { isPublicAddress } from "./address-guard";
import { createHttpClient } from "./http-client";
import { parsePrivateHosts } from "./private-hosts";

describe("HOLDPOINT_ALLOW_PRIVATE_HOSTS", () => {
  const hosts = parsePrivateHosts(" localhost , 10.0.0.5:8080,[::1]:9000,Intern.Example ", ["http://127.0.0.1:3000"]);

  test.each([
    ["localhost", 80, true],
    ["LOCALHOST.", 12345, true],
    ["10.0.0.5", 8080, true],
    ["10.0.0.5", 80, false],
    ["10.0.0.50", 8080, false],
    ["::1", 9000, true],
    ["[::1]", 9000, true],
    ["::1", 80, false],
    ["intern.example", 443, true],
    ["evil-intern.example", 443, false],
    ["127.0.0.1", 3000, true],
    ["127.0.0.1", 3001, false],
    ["", 80, false],
  ])("%s port %d -> %s", (host, port, allowed) => {
    expect(hosts.allows(host, port)).toBe(allowed);
  });

  test.each(["http://localhost", "a b", "host:0", "host:99999", "user@host", "host/path", "*"])(
    "says what is wrong with %j",
    (entry) => {
      if (entry === "*") expect(parsePrivateHosts(entry).allows("127.0.0.1", 80)).toBe(false);
      else expect(() => parsePrivateHosts(entry)).toThrow(/host:port/);
    },
  );

  test("an empty list allows nothing", () => {
    expect(parsePrivateHosts("").allows("localhost", 80)).toBe(false);
  });
});

test.each([
  "8.8.8.8",
  "1.1.1.1",
  "93.184.216.34",
  "172.15.255.255",
  "172.32.0.1",
  "100.63.255.255",
  "2606:4700:4700::1111",
  "2a00:1450:4001::1",
  "::ffff:8.8.8.8",
])("%s is public", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each(["", "localhost", "8.8.8", "not an address", "8.8.8.8/24", "::ffff:300.1.1.1"])(
  "%j is not understood, so not public",
  (address) => {
    expect(isPublicAddress(address)).toBe(false);
  },
);

describe("L11 the demo's calls to the product", () => {
  const sandbox = "http://127.0.0.1:3000/api/sandbox";
  const hosts = parsePrivateHosts("", [sandbox]);

  test.each([
    ["/stripe/v1/charges", true],
    ["/", true],
    ["", false],
    ["-other", false],
    ["/../auth/csrf", false],
    ["/%2e%2e/v1/me", false],
    ["\\..\\v1\\me", false],
  ])("below the sandbox%s: %s", (path, reached) => {
    expect(hosts.reaches(new URL(`${sandbox}${path}`))).toBe(reached);
  });

  test.each(["http://127.0.0.1:3000/api/v1/workflows", "http://127.0.0.1:3000/api/sandboxes/x"])(
    "%s is not reached",
    (url) => {
      expect(hosts.reaches(new URL(url))).toBe(false);
    },
  );

  test("what the operator listed is reached as a whole, and what is public has no such limit", () => {
    const listed = parsePrivateHosts("127.0.0.1", [sandbox]);
    expect(listed.reaches(new URL("http://127.0.0.1:3000/api/v1/workflows"))).toBe(true);
    expect(hosts.reaches(new URL("https://api.example.com/v1"))).toBe(true);
  });

  test("a call elsewhere in the product opens no socket", async () => {
    const received: string[] = [];
    const server = createServer((request, response) => {
      received.push(request.url ?? "");
      response.end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const client = createHttpClient({ privateHosts: parsePrivateHosts("", [`${origin}/api/sandbox`]) });
    const send = (path: string) =>
      client.send({ kind: "connection", method: "GET", url: `${origin}${path}`, timeoutMs: 30_000 });
    expect(await send("/api/sandbox/stripe")).toMatchObject({ response: { status: 200 } });
    expect(await send("/api/v1/workflows")).toMatchObject({ error: { code: "address_refused" } });
    expect(received).toEqual(["/api/sandbox/stripe"]);
    await client.close();
    await new Promise((resolve) => server.close(resolve));
  });
});
