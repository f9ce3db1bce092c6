/** The same scenarios against a real Inngest server: set INNGEST_BASE_URL (or INNGEST_DEV to a URL) and the keys. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Inngest } from "inngest";
import { serve } from "inngest/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createScenarioBench, scenarios, type ScenarioBench } from "./scenarios.testkit";

const server = process.env["INNGEST_BASE_URL"];
/** A real server's first retry comes after up to 45 seconds. */
const timeout = 300_000;

describe.skipIf(server === undefined)("a real Inngest server", () => {
  let bench: ScenarioBench;
  let http: Server;

  beforeAll(async () => {
    const client = new Inngest({ id: "scenarios" });
    bench = createScenarioBench(client);
    http = createServer(serve({ client, functions: bench.functions }));
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    const { port } = http.address() as AddressInfo;
    const synced = await fetch(`http://127.0.0.1:${port}/api/inngest`, { method: "PUT" });
    expect(synced.status).toBe(200);
  });
  afterAll(() => new Promise((resolve) => http.close(resolve)));

  test.each(scenarios)("scenario $id", { timeout }, async ({ id, expected }) => {
    expect(await bench.run(id)).toEqual(expected);
  });
});
