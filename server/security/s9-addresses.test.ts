import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { forbiddenHosts, forbiddenNames, unreadableUrls } from "@/server/integrations/http/url-forms.testkit";
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

it("S9 no spelling of an inner address is connected to, whichever feature is asked to", async () => {
  const urls = [
    ...[...forbiddenHosts, ...forbiddenNames].map((host) => `http://${host}:${port}/`),
    ...["127.0.0.1", "[::1]", "2130706433"].map((host) => `http://example.com@${host}:${port}/`),
    ...["127.0.0.1", "localhost", "[::ffff:7f00:1]"].map((host) => `https://${host}:${port}/x?y#z`),
    ...unreadableUrls,
  ];
  const step = Math.ceil(urls.length / extent(urls.length, 40));
  const tried = urls.filter((_, at) => at % step === 0);
  // Whoever is not guarded does get there.
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  expect(reached).toBe(1);
  reached = 0;
  const log = openInFlight("s9-addresses");
  await publishCalling("callback");
  const failed: string[] = [];
  let tries = 0;
  await inParallel([...tried.entries()], 4, async ([at, url]) => {
    const json = (body: object): { body: string } => ({ body: JSON.stringify(body) });
    const slug = `to-${at}`;
    const doors: Readonly<Record<string, () => Promise<Answer>>> = {
      subscription: () => target.send("POST", "/api/v1/webhook-subscriptions", json({ url })),
      callback: () =>
        target.send("POST", "/api/v1/runs", json({ template_id: "callback", input: {}, callback_url: url })),
      connection: () => target.send("POST", "/api/v1/connections", json({ slug, base_url: url })),
      probe: () => target.send("POST", `/api/v1/connections/${slug}/test`, json({ path: "/" })),
      "whole address": () => target.send("POST", `/api/v1/connections/${slug}/test`, json({ path: url })),
    };
    for (const [door, through] of Object.entries(doors)) {
      log.sending(at, `${door} ${url}`);
      const { status, text } = await through();
      tries += 1;
      if (status >= 500) failed.push(`${door} ${url}: ${status} ${text.slice(0, 200)}`);
    }
  });
  log.close();
  expect(failed).toEqual([]);
  await expectEveryRunToEnd(target);
  expect(reached).toBe(0);
  report(`S9 addresses: ${tried.length} forms x 5 features, ${tries} tries, 0 connections, 0 x 5xx`);
});

async function publishCalling(slug: string): Promise<void> {
  const spec = { startNodeId: "shape", nodes: [{ id: "shape", type: "transform", expression: 1 }], edges: [] };
  await target.send("POST", "/api/workflows", {
    body: JSON.stringify({ slug, name: slug, spec, triggers: [{ id: "api", type: "api" }] }),
  });
  const { status, text } = await target.send("POST", `/api/workflows/${slug}/publish`, { body: "{}" });
  expect(status, text).toBe(200);
}
