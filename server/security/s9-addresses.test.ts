import { createServer, type LookupFunction, type Server } from "node:net";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { createHttpClient } from "@/server/integrations/http/http-client";
import { parsePrivateHosts } from "@/server/integrations/http/private-hosts";
import {
  forbiddenHosts,
  forbiddenNames,
  metadataNames,
  unreadableUrls,
} from "@/server/integrations/http/url-forms.testkit";
import { attack, type Answer, type Attacked } from "./attacked.testkit";
import { extent, inParallel, openInFlight, report } from "./extent.testkit";
import { expectEveryRunToEnd } from "./runs-end.testkit";

let target: Attacked;
let sinks: Server[];
let reached = 0;
let port: number;

beforeAll(async () => {
  target = await attack("addresses");
  // Whatever the guard lets through to this machine ends here, over either protocol.
  const listen = (host: string, at: number): Promise<Server> =>
    new Promise((resolve, reject) => {
      const server = createServer((socket) => {
        reached += 1;
        socket.destroy();
      });
      server.once("error", reject);
      server.listen(at, host, () => {
        resolve(server);
      });
    });
  const first = await listen("0.0.0.0", 0);
  const address = first.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
  const second = await listen("::1", port).catch(() => null);
  sinks = second === null ? [first] : [first, second];
});
afterAll(async () => {
  for (const sink of sinks) sink.close();
  await target.close();
});

const json = (body: object): { body: string } => ({ body: JSON.stringify(body) });

function innerAddresses(): string[] {
  const hosts = [...forbiddenHosts, ...forbiddenNames, ...metadataNames];
  return [
    ...hosts.map((host) => `http://${host}:${port}/`),
    ...["127.0.0.1", "[::1]", "2130706433"].map((host) => `http://example.com@${host}:${port}/`),
    ...["127.0.0.1", "localhost", "[::ffff:7f00:1]"].map((host) => `https://${host}:${port}/x?y#z`),
    ...[`http:127.0.0.1:${port}/`, `http:/127.0.0.1:${port}/`, `http:\\\\127.0.0.1:${port}\\`, `hTTp://0x7f.1:${port}`],
    ...unreadableUrls,
  ];
}

it("S9 no spelling of an inner address is connected to, whichever feature is asked to", async () => {
  const urls = innerAddresses();
  expect(new Set(urls).size).toBeGreaterThanOrEqual(150);
  const step = Math.ceil(urls.length / extent(urls.length, 40));
  const tried = urls.filter((_, at) => at % step === 0);
  // Whoever is not guarded does get there.
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  expect(reached).toBe(1);
  reached = 0;
  const log = openInFlight("s9-addresses");
  await publish("callback", { type: "transform", expression: 1 });
  const call = { type: "service_call", service: "${input.service}", path: "/go", query: { to: "${input.to}" } };
  await publish("calling", { ...call, retry: { maxAttempts: 1 } });
  await target.send("POST", "/api/v1/connections", json({ slug: "outsider", base_url: inject("outsider") }));
  const failed: string[] = [];
  let tries = 0;
  await inParallel([...tried.entries()], 4, async ([at, url]) => {
    for (const [door, through] of Object.entries(doorsTo(url, `to-${at}`))) {
      log.sending(at, `${door} ${url}`);
      const { status, text } = await through();
      tries += 1;
      if (status >= 500) failed.push(`${door} ${url}: ${status} ${text.slice(0, 200)}`);
    }
  });
  log.close();
  expect(failed).toEqual([]);
  const runs = await expectEveryRunToEnd(target);
  expect(runs).toBeGreaterThanOrEqual(tried.length);
  expect(reached).toBe(0);
  report(
    `S9 addresses: ${tried.length} of ${urls.length} forms x ${Object.keys(doorsTo("", "")).length} features, ${tries} tries, 0 connections, 0 x 5xx`,
  );
});

/** Every feature that fetches what somebody names, asked for this address. */
function doorsTo(url: string, slug: string): Readonly<Record<string, () => Promise<Answer>>> {
  const start = (service: string) => () =>
    target.send("POST", "/api/v1/runs", json({ template_id: "calling", input: { service, to: url } }));
  return {
    subscription: () => target.send("POST", "/api/v1/webhook-subscriptions", json({ url })),
    callback: () =>
      target.send("POST", "/api/v1/runs", json({ template_id: "callback", input: {}, callback_url: url })),
    connection: () => target.send("POST", "/api/v1/connections", json({ slug, base_url: url })),
    probe: () => target.send("POST", `/api/v1/connections/${slug}/test`, json({ path: "/" })),
    "whole address": () => target.send("POST", `/api/v1/connections/${slug}/test`, json({ path: url })),
    step: start(slug),
    // Somebody outside who may be called sends on to where nobody may go.
    redirect: start("outsider"),
    "redirected probe": () =>
      target.send("POST", "/api/v1/connections/outsider/test", json({ path: `/go?to=${encodeURIComponent(url)}` })),
  };
}

it("S9 a name that leads elsewhere from one question to the next is never connected to inside, nor after redirects", async () => {
  reached = 0;
  // Taken for public, and of a part of IPv6 that was never handed out: nothing is sent to anybody.
  const turns: readonly (readonly string[])[] = [
    ["127.0.0.1"],
    ["::1"],
    ["2fff:ffff::1", "127.0.0.1"],
    ["::ffff:127.0.0.1"],
    ["127.0.0.1", "2fff:ffff::1"],
    ["169.254.169.254"],
  ];
  let asked = 0;
  const rebinding: LookupFunction = (_name, _options, callback) => {
    const found = turns[asked++ % turns.length] ?? [];
    callback(
      null,
      found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
  const client = createHttpClient({
    privateHosts: parsePrivateHosts(new URL(inject("outsider")).host),
    lookup: rebinding,
  });
  const chain = (hops: number): string => {
    const last = `http://rebind.test:${port}/`;
    return Array.from({ length: hops }).reduce<string>(
      (to) => `${inject("outsider")}/go?to=${encodeURIComponent(to)}`,
      last,
    );
  };
  const rounds = extent(50, 5);
  for (let round = 0; round < rounds; round += 1)
    for (let hops = 0; hops <= 4; hops += 1) {
      const result = await client.send({
        kind: "connection",
        method: "GET",
        url: chain(hops),
        timeoutMs: 20_000,
        maxRedirects: 5,
      });
      expect(result).toMatchObject({ error: { code: "address_refused" } });
    }
  await client.close();
  expect(asked).toBe(rounds * 5);
  expect(reached).toBe(0);
  report(`S9 rebinding: ${asked} answers of a name, behind 0 to 4 redirects, 0 connections`);
});

async function publish(slug: string, node: object): Promise<void> {
  const spec = { startNodeId: "only", nodes: [{ id: "only", ...node }], edges: [] };
  await target.send("POST", "/api/workflows", {
    body: JSON.stringify({ slug, name: slug, spec, triggers: [{ id: "api", type: "api" }] }),
  });
  const { status, text } = await target.send("POST", `/api/workflows/${slug}/publish`, { body: "{}" });
  expect(status, text).toBe(200);
}
