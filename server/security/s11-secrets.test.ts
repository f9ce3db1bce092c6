import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { restRouter } from "@/server/routes/rest";
import { attack, type Attacked } from "./attacked.testkit";
import { extent, inParallel, report } from "./extent.testkit";

let target: Attacked;
beforeAll(async () => {
  target = await attack("secrets");
});
afterAll(() => target.close());

const canary = (at: number, kind: string): string => `CANARY${kind}${at}x${"abcdefghij".slice(at % 5)}Z`;

/** One of every way a secret comes in. */
const kinds: Readonly<Record<string, (secret: string) => object>> = {
  bearer: (token) => ({ type: "bearer", token }),
  basic: (password) => ({ type: "basic", username: "us", password }),
  header: (value) => ({ type: "header", name: "X-Api-Key", value }),
  query: (value) => ({ type: "query", name: "api_key", value }),
};

it("S11 a secret that was given never comes out again: not in the database, logs, answers or exports", async () => {
  const each = Math.ceil(extent(200, 24) / 4);
  const secrets: string[] = [];
  await inParallel([...Array(each).keys()], 4, async (at) => {
    for (const [kind, authOf] of Object.entries(kinds)) {
      const secret = canary(at, kind);
      secrets.push(secret);
      const slug = `${kind}-${at}`;
      const made = await target.send("POST", "/api/v1/connections", {
        // A closed port of this machine: the guard's refusal and the failed call both tell what they tried.
        body: JSON.stringify({ slug, base_url: "http://127.0.0.1:1", auth: authOf(secret) }),
      });
      expect(made.status, made.text).toBe(201);
      await target.send("POST", `/api/v1/connections/${slug}/test`, { body: JSON.stringify({ path: "/" }) });
    }
    const secret = canary(at, "hook");
    secrets.push(secret);
    await useSecretHook(`hook-${at}`, secret);
  });
  const spec = {
    startNodeId: "call",
    nodes: [{ id: "call", type: "service_call", service: "bearer-0", method: "POST", path: "/x", body: { a: 1 } }],
    edges: [],
  };
  const calling = { slug: "calling", name: "calling", spec, triggers: [{ id: "api", type: "api" }] };
  await target.send("POST", "/api/workflows", { body: JSON.stringify(calling) });
  await target.send("POST", "/api/workflows/calling/publish", { body: "{}" });
  await target.send("POST", "/api/v1/runs", { body: JSON.stringify({ template_id: "calling" }) });

  const sources = { ...(await tables()), ...logs(), ...(await answers()) };
  const found = Object.entries(sources).flatMap(([source, text]) =>
    secrets
      .filter((secret) => text.includes(secret) || text.includes(Buffer.from(secret).toString("base64").slice(0, -4)))
      .map((secret) => `${source}: ${secret}`),
  );
  expect(found).toEqual([]);
  report(`S11 secrets: ${secrets.length} canaries, ${Object.keys(sources).length} sources, 0 hits in clear or base64`);
});

async function useSecretHook(slug: string, secret: string): Promise<void> {
  const spec = { startNodeId: "shape", nodes: [{ id: "shape", type: "transform", expression: 1 }], edges: [] };
  const document = { slug, name: slug, spec, triggers: [{ id: "hook", type: "webhook", secret }] };
  expect((await target.send("POST", "/api/workflows", { body: JSON.stringify(document) })).status).toBe(201);
  const { text } = await target.send("POST", `/api/workflows/${slug}/publish`, { body: "{}" });
  const path = new URL(JSON.parse(text).data.workflow.triggers[0].url).pathname;
  await target.send("POST", path, { key: null, body: "{}", headers: { "x-webhook-secret": "guess" } });
  const taken = await target.send("POST", path, { key: null, body: "{}", headers: { "x-webhook-secret": secret } });
  expect(taken.status, taken.text).toBe(202);
}

async function tables(): Promise<Record<string, string>> {
  const names = await target.rows<{ name: string }>(
    "select quote_ident(tablename) as name from pg_tables where schemaname = 'public'",
  );
  const found: Record<string, string> = {};
  for (const { name } of names) {
    const rows = await target.rows<{ text: string }>(
      `select r::text as text from ${name} r where r::text like '%CANARY%' or r::text like '%Q0FOQVJZ%'`,
    );
    found[`table ${name}`] = rows.map(({ text }) => text).join("\n");
  }
  return found;
}

function logs(): Record<string, string> {
  const folder = join(target.product.dataDir, "logs");
  return Object.fromEntries(
    readdirSync(folder).map((name) => [`log ${name}`, readFileSync(join(folder, name), "utf8")]),
  );
}

/** What every list answers, and the export of every kind of thing that had a secret. */
async function answers(): Promise<Record<string, string>> {
  const lists = restRouter().routes.filter(({ method, path }) => method === "GET" && !path.includes("{"));
  const paths = [
    ...lists.map(({ path }) => path),
    "/api/workflows/hook-0",
    "/api/workflows/hook-0?format=canonical",
    "/api/workflows/hook-0/triggers",
    "/api/workflows/hook-0/triggers/hook/calls",
    "/api/workflows/hook-0/versions/1",
    "/api/v1/connections/bearer-0",
  ];
  const read = await Promise.all(
    paths.map(async (path) => [`GET ${path}`, (await target.send("GET", path)).text] as const),
  );
  const { cookie } = target.organization.members.owner;
  const exported = await target.trpc("GET", "library.exportDocument", { slug: "hook-0", version: 1 }, cookie);
  expect(exported.status, exported.text).toBe(200);
  return { ...Object.fromEntries(read), export: exported.text };
}
