import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHttpClient, type HttpClient } from "./http-client";
import { loopbackServer, type LoopbackServer } from "./loopback.testkit";
import { parsePrivateHosts } from "./private-hosts";
import { forbiddenHosts, forbiddenNames, unreadableUrls } from "./url-forms.testkit";

const names: Record<string, LookupAddress[]> = {
  localhost: [
    { address: "127.0.0.1", family: 4 },
    { address: "::1", family: 6 },
  ],
  "metadata.test": [{ address: "169.254.169.254", family: 4 }],
  "mixed.test": [
    { address: "93.184.216.34", family: 4 },
    { address: "127.0.0.1", family: 4 },
  ],
  "six.test": [{ address: "::ffff:127.0.0.1", family: 6 }],
  "empty.test": [],
};

/** Taken for public, and of a part of IPv6 that was never handed out: nothing is sent to anybody. */
const nobodys = "2fff:ffff::1";

const lookup: LookupFunction = (hostname, _options, callback) => {
  callback(null, names[hostname.toLowerCase().replace(/\.$/, "")] ?? []);
};

let victim: LoopbackServer;
let client: HttpClient;

beforeAll(async () => {
  victim = await loopbackServer((_request, response) => response.end("reached"));
  client = createHttpClient({ privateHosts: parsePrivateHosts(""), lookup });
});

afterAll(async () => {
  await client.close();
  await victim.close();
});

const refusal = async (url: string, maxRedirects = 0): Promise<string> => {
  const result = await client.send({ kind: "connection", method: "GET", url, timeoutMs: 60_000, maxRedirects });
  return "error" in result ? result.error.code : `answered ${String(result.response.status)}`;
};

describe("S9 SSRF guard of the outbound client", () => {
  test("the table holds at least 150 forms", () => {
    expect(forbiddenHosts.length + forbiddenNames.length + unreadableUrls.length).toBeGreaterThanOrEqual(150);
  });

  test.each(forbiddenHosts)("refuses the address form %s", async (host) => {
    expect(await refusal(`http://${host}:${String(victim.port)}/`)).toBe("address_refused");
  });

  test.each(forbiddenNames)("refuses the name %s for what it resolves to", async (name) => {
    expect(await refusal(`http://${name}:${String(victim.port)}/`)).toBe("address_refused");
  });

  test.each(unreadableUrls)("refuses to read %j", async (url) => {
    expect(await refusal(url)).toBe("invalid_url");
  });

  test("https is guarded as well", async () => {
    expect(await refusal(`https://127.0.0.1:${String(victim.port)}/`)).toBe("address_refused");
    expect(await refusal(`https://localhost:${String(victim.port)}/`)).toBe("address_refused");
  });

  test("no socket was opened to the victim by any of these", () => {
    expect(victim.sockets()).toBe(0);
    expect(victim.requests).toEqual([]);
  });

  test("a name that answers differently the second time is never connected to privately", async () => {
    let asked = 0;
    const rebinding: LookupFunction = (_hostname, options, callback) => {
      asked += 1;
      // Public for whoever checks first, the victim for whoever connects afterwards.
      const address = asked % 2 === 1 ? nobodys : "127.0.0.1";
      const family = address === nobodys ? 6 : 4;
      callback(null, options.all === true ? [{ address, family }] : address, family);
    };
    const rebound = createHttpClient({ privateHosts: parsePrivateHosts(""), lookup: rebinding });
    const send = () =>
      rebound.send({
        kind: "connection",
        method: "GET",
        url: `http://rebind.test:${String(victim.port)}/`,
        timeoutMs: 300,
      });
    expect(await send()).toHaveProperty("error");
    expect(asked).toBe(1);
    expect(await send()).toMatchObject({ error: { code: "address_refused", retryable: false } });
    expect(asked).toBe(2);
    await rebound.close();
    expect(victim.sockets()).toBe(0);
  });

  test("a redirect from an allowed host to a private one is refused at the hop", async () => {
    for (const target of [
      `http://127.0.0.1:${String(victim.port)}/`,
      `http://[::ffff:127.0.0.1]:${String(victim.port)}/`,
      `http://2130706433:${String(victim.port)}/`,
      "http://169.254.169.254/latest/meta-data/",
    ]) {
      const redirecting = await loopbackServer((_request, response) =>
        response.writeHead(302, { location: target }).end(),
      );
      const following = createHttpClient({
        privateHosts: parsePrivateHosts(`127.0.0.1:${String(redirecting.port)}`),
        lookup,
      });
      const result = await following.send({
        kind: "connection",
        method: "GET",
        url: redirecting.origin,
        timeoutMs: 60_000,
        maxRedirects: 5,
      });
      expect(result).toMatchObject({ error: { code: "address_refused" } });
      expect(redirecting.requests).toHaveLength(1);
      await following.close();
      await redirecting.close();
    }
    expect(victim.sockets()).toBe(0);
  });

  test("a redirect to another scheme is refused at the hop", async () => {
    const redirecting = await loopbackServer((_request, response) =>
      response.writeHead(302, { location: "file:///etc/passwd" }).end(),
    );
    const following = createHttpClient({ privateHosts: parsePrivateHosts("", [redirecting.origin]), lookup });
    const result = await following.send({
      kind: "connection",
      method: "GET",
      url: redirecting.origin,
      timeoutMs: 60_000,
      maxRedirects: 5,
    });
    expect(result).toMatchObject({ error: { code: "invalid_url" } });
    await following.close();
    await redirecting.close();
  });
});
