import { readdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/core/ids";
import { eventually, readRun, startTestWorker, type TestWorker } from "@/inngest/runtime/runtime.testkit";
import { addTestMember, createTestOrganization, type TestMember, type TestOrganization } from "@/server/auth/identity.testkit";
import { keyRing } from "@/server/auth/key-ring";
import { useTestDatabase } from "@/server/db/database.testkit";
import { connectionContext } from "@/server/integrations/secrets/key-ring";
import { decideApproval, listApprovalsFor } from "@/server/modules/approvals/service";
import { templateCards, useTemplate } from "@/server/modules/library/service";
import { startWorkflow } from "@/server/modules/runs/service";
import { publishWorkflow } from "@/server/modules/workflows/service";
import { sandboxServices } from "@/server/sandbox/route";
import { createSandbox, sandboxToken } from "@/server/sandbox/sandbox";
import type { TestDatabase } from "@/tests/database";

const secret = "templates";
const sandbox = createSandbox({ secret });
let database: TestDatabase;
let organization: TestOrganization;
let decider: TestMember;
let worker: TestWorker;
let server: Server;

beforeAll(async () => {
  database = await useTestDatabase();
  organization = await createTestOrganization("north");
  for (const role of ["manager", "operator", "kyc_analyst"])
    await database.pool.query("insert into business_roles (organization_id, slug, name) values ($1, $2, $2)", [
      organization.id,
      role,
    ]);
  decider = await addTestMember({ organizationId: organization.id, role: "admin", email: "kim@north.holdpoint.test" });
  const origin = await serveSandbox();
  for (const service of sandboxServices) await connect(service, `${origin}/api/sandbox/${service}`);
  worker = await startTestWorker(database);
});
afterAll(async () => {
  await worker.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await database.close();
});

test("M-1 the gallery has at least twelve templates, one for each file", () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".json"));
  expect(
    templateCards()
      .map(({ slug }) => `${slug}.json`)
      .sort(),
  ).toEqual(files.sort());
  expect(files.length).toBeGreaterThanOrEqual(12);
});

describe.each(templateCards().map((card) => [card.slug, card] as const))("the template %s", (slug, card) => {
  test("asks, publishes without errors, and runs on the sandbox with its sample to the end or to a person", async () => {
    const { owner } = organization.members;
    // Every question is answered, approvals go to one person who did not start the run.
    const answers = Object.fromEntries(
      card.asks.map((ask) => [ask.id, ask.kind === "person" ? `user:${decider.userId}` : ask.default]),
    );
    const made = await useTemplate(owner.actor, { template: slug, name: `My ${card.title}`, answers });
    expect(made.sampleInput).toEqual(card.sampleInput);
    const published = await publishWorkflow(owner.actor, made.slug);
    // That one person asked and one decides is this test's doing.
    const issues = published.issues.filter(({ code }) => code !== "no_reachable_approver");
    expect(issues.map(({ code, path }) => `${code} ${path}`)).toEqual([]);

    const { id } = await startWorkflow(owner.actor, {
      workflow: made.slug,
      input: made.sampleInput,
      triggerType: "manual",
    });
    const first = await settled(id);
    expect({ slug, status: first["status"], error: first["error"] }).toEqual({
      slug,
      status: expect.stringMatching(/^(waiting_|completed)/) as string,
      error: null,
    });
    if (first["status"] !== "waiting_approval") return;
    const { items } = await listApprovalsFor(decider.actor, { view: "pending", limit: 50, offset: 0 });
    const [approval] = items.filter(
      ({ runId }) => runId.endsWith(id) || runId === id,
    );
    expect(approval?.headline).not.toMatch(/\$\{|null/);
    await decideApproval(decider.actor, approval?.id ?? "", { decision: "approved", via: "api", comment: "Fine" });
    await worker.executor.idle();
    const after = await settled(id);
    // Asked again is another question: this one was answered, and the run has gone on from it.
    expect((await listApprovalsFor(decider.actor, { view: "pending", limit: 50, offset: 0 })).items).not.toContainEqual(
      expect.objectContaining({ id: approval?.id }),
    );
    expect(Number(after["seq"])).toBeGreaterThan(Number(first["seq"]));
    expect({ slug, error: after["error"] }).toEqual({ slug, error: null });
  });
});

const isSettled = (run: Record<string, unknown>): boolean =>
  /^(waiting_|completed|failed|cancelled)/.test(String(run["status"]));

function settled(id: string): Promise<Record<string, unknown>> {
  return eventually(() => readRun(database.pool, id), isSettled);
}

async function connect(slug: (typeof sandboxServices)[number], baseUrl: string): Promise<void> {
  const id = newId();
  const sealed = keyRing().seal(
    JSON.stringify({ type: "bearer", token: sandboxToken(secret, slug) }),
    connectionContext(organization.id, id),
  );
  await database.pool.query(
    "insert into connections (id, organization_id, slug, connector, name, base_url, auth_type, secret_sealed, updated_at) values ($1, $2, $3, $3, $3, $4, 'bearer', $5, now())",
    [id, organization.id, slug, baseUrl, sealed],
  );
}

async function serveSandbox(): Promise<string> {
  server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
      const headers = new Headers(
        Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
      );
      const request = new Request(url, {
        method: incoming.method ?? "GET",
        headers,
        ...(incoming.method === "POST" ? { body: Buffer.concat(chunks) } : {}),
      });
      void sandbox.handle(request, url.pathname.replace(/^\/api\/sandbox/, "")).then(async (answer) => {
        outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}
