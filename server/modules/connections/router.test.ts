import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCaller } from "@/server/routes/root";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { TestDatabase } from "@/tests/database";

let database: TestDatabase;
let north: TestOrganization;
let south: TestOrganization;
let service: Server;
let serviceUrl: string;
const canary = "canary-token-91c4";

beforeAll(async () => {
  service = createServer((request, response) => {
    const isKnown = request.headers.authorization === `Bearer ${canary}`;
    response.writeHead(isKnown ? 200 : 401, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  const { port } = service.address() as AddressInfo;
  serviceUrl = `http://127.0.0.1:${port}`;
  database = await useTestDatabase({ HOLDPOINT_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${port}` });
  north = await createTestOrganization("north");
  south = await createTestOrganization("south");
});
afterAll(async () => {
  await database.close();
  await new Promise((resolve) => service.close(resolve));
});

const as = (organization: TestOrganization, role: "builder" | "viewer") =>
  createCaller({ actor: organization.members[role].actor, requestId: "test" });

describe("K-17 K-18 connections in the builder", () => {
  it("are added while a step is edited, answer a test, and are listed without their secret", async () => {
    const builder = as(north, "builder");
    const made = await builder.connections.create({
      slug: "billing",
      name: "Billing",
      base_url: serviceUrl,
      auth: { type: "bearer", token: canary },
    });
    expect(made).toMatchObject({ slug: "billing", connector: "http", auth: { type: "bearer" } });
    expect(await builder.connections.test({ slug: "billing" })).toMatchObject({ ok: true, status: 200 });
    const listed = await as(north, "viewer").connections.list();
    expect(listed.items.map(({ slug }) => slug)).toContain("billing");
    expect(JSON.stringify([made, listed])).not.toContain(canary);
  });

  it("belong to one organization: the other neither sees nor tests them", async () => {
    const other = as(south, "builder");
    expect((await other.connections.list()).items.map(({ slug }) => slug)).not.toContain("billing");
    await expect(other.connections.test({ slug: "billing" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("are made by those who may change workflows, under a slug of their own", async () => {
    const input = { slug: "billing", base_url: serviceUrl };
    await expect(as(north, "viewer").connections.create(input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(as(north, "builder").connections.create(input)).rejects.toThrow(/There is a connection "billing"/);
    await expect(as(north, "builder").connections.create({ ...input, slug: "No Slug" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });
});
