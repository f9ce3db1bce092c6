import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { startInstance, type Instance } from "@/tests/instance";

const secret = "the-secret-of-the-sender";
const proof = { "x-webhook-secret": secret };
const spec = { startNodeId: "shape", nodes: [{ id: "shape", type: "transform", expression: 1 }], edges: [] };
/** What is kept apart from the data, and what belongs to processes that are gone. */
const leftOut: ReadonlySet<string> = new Set(["secrets", "run", "logs"]);

let first: Instance;
let restored: Instance | undefined;
beforeAll(async () => {
  first = await startInstance();
});
afterAll(async () => {
  await restored?.stop();
  rmSync(first.dataDir, { recursive: true, force: true });
});

async function send({ baseUrl, credentials }: Instance, method: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${credentials.apiKey}`, "content-type": "application/json" };
  const answer = await fetch(`${baseUrl}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, json: await answer.json() };
}

const callHook = async (instance: Instance, path: string, headers: Record<string, string>) => {
  const answer = await fetch(`${instance.baseUrl}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: "{}",
  });
  return { status: answer.status, json: await answer.json() };
};

const ended = (instance: Instance, runId: string) =>
  vi.waitFor(
    async () => {
      const { json } = await send(instance, "GET", `/api/v1/runs/${runId}`);
      expect(JSON.stringify(json)).toContain('"completed"');
    },
    { timeout: 60_000, interval: 250 },
  );

it("L21 R14 a backup of the data, with the keys from elsewhere, starts: runs, secrets and API keys are there", async () => {
  const document = { slug: "kept", name: "kept", spec, triggers: [{ id: "hook", type: "webhook", secret }] };
  expect((await send(first, "POST", "/api/workflows", document)).status).toBe(201);
  const { json } = await send(first, "POST", "/api/workflows/kept/publish");
  const { pathname } = new URL(json.data.workflow.triggers[0].url);
  const before = await callHook(first, pathname, proof);
  expect(before.status).toBe(202);
  await ended(first, before.json.run_id);
  await first.stop({ keepData: true });

  const copy = mkdtempSync(join(tmpdir(), "holdpoint-restored-"));
  cpSync(first.dataDir, copy, { recursive: true, filter: (path) => !leftOut.has(basename(path)) });
  const key = (name: string): string => readFileSync(join(first.dataDir, "secrets", name), "utf8").trim();
  restored = await startInstance(
    {
      HOLDPOINT_ENCRYPTION_KEYS: key("HOLDPOINT_ENCRYPTION_KEYS"),
      NEXTAUTH_SECRET: key("NEXTAUTH_SECRET"),
    },
    copy,
  );
  await ended(restored, before.json.run_id);
  expect((await callHook(restored, pathname, {})).status).toBe(401);
  const after = await callHook(restored, pathname, proof);
  expect(after.status).toBe(202);
  await ended(restored, after.json.run_id);
});
