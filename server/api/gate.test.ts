import fc from "fast-check";
import type { PoolClient } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reservedNames } from "@/core/admissible-json";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { TestDatabase } from "@/tests/database";
import { restRouter } from "@/server/routes/rest";
import { serveRest } from "@/server/routes/serve-rest";
import { appRouter } from "@/server/routes/root";
import { serveTrpc } from "@/server/routes/serve-trpc";

let database: TestDatabase;
let organization: TestOrganization;
/** One connection, so that PostgreSQL plans the look at every table once. */
let client: PoolClient;
let everything: string;
/** What was there before anybody asked. */
let untouched: unknown;
const perWayIn = 12;
const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>;
const routes = restRouter().routes;

beforeAll(async () => {
  database = await useTestDatabase();
  organization = await createTestOrganization("north");
  client = await database.pool.connect();
  everything = await readEverything();
  untouched = await fingerprint();
});
afterAll(async () => {
  client.release();
  await database.close();
});

const name = fc.constantFrom("slug", "id", "values", "token", "spec", "data", "input", "name", "body", "operations");
const badText = fc.constantFrom("\0", "a\0b", "\ud800", "x\udfff");
/** JSON text: JSON.stringify writes an own `__proto__` only when it is one. */
const badPart = fc.oneof(
  fc.constantFrom(...reservedNames).map((key) => `{${JSON.stringify(key)}:1}`),
  badText.map((text) => JSON.stringify(text)),
  badText.map((text) => `{${JSON.stringify(text)}:true}`),
);
/** Something that must not come in, somewhere in an object that looks like an input. */
const badInput = fc
  .tuple(badPart, fc.array(fc.option(name), { minLength: 1, maxLength: 4 }), fc.dictionary(name, fc.string()))
  .map(([part, path, beside]) => {
    const inner = path.reduceRight((text, key) => (key === null ? `[${text}]` : `{"${key}":${text}}`), part);
    const rest = JSON.stringify(beside).slice(1);
    return `{"given":${inner}${rest === "}" ? "}" : `,${rest}`}`;
  });

/** As which a browser asks, and whether somebody else's page may be behind it. */
const askers: readonly (readonly [Record<string, string>, boolean])[] = [
  [{ "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" }, true],
  [{ "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" }, true],
  [{ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }, true],
  [{ "sec-fetch-site": "same-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" }, true],
  [{ origin: "https://evil.example" }, true],
  [{ origin: "null" }, true],
  [{ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" }, false],
  [{ "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" }, false],
  [{ "sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" }, false],
  [{}, false],
];

describe("S13 reads by a cookie alone", () => {
  it.each(routes.filter(({ method, run }) => method === "GET" && run.kind !== "public").map(({ path }) => path))(
    "GET %s answers no script of another site",
    async (path) => {
      const address = `http://127.0.0.1:3000${path.replaceAll(/\{\w+\}/g, "nothing-here")}`;
      for (const method of ["GET", "HEAD"])
        for (const [headers, isForeign] of askers) {
          const cookie = organization.members.owner.cookie;
          const { status } = await serveRest(new Request(address, { method, headers: { cookie, ...headers } }));
          expect([method, headers, status === 403]).toEqual([method, headers, isForeign]);
        }
    },
  );
});

interface Refusal {
  status: number;
  text: string;
}

async function read(response: Response): Promise<Refusal> {
  return { status: response.status, text: await response.text() };
}

function trpc(path: string, input: string, cookie: string | null): Promise<Refusal> {
  const isMutation = procedures[path]?._def.type === "mutation";
  const url = `http://127.0.0.1:3000/api/trpc/${path}${isMutation ? "" : `?input=${encodeURIComponent(input)}`}`;
  const request = new Request(url, {
    method: isMutation ? "POST" : "GET",
    headers: {
      "content-type": "application/json",
      "sec-fetch-site": "same-origin",
      ...(cookie === null ? {} : { cookie }),
    },
    ...(isMutation ? { body: input } : {}),
  });
  return serveTrpc(request).then(read);
}

describe("K19, 3.23 names of Object.prototype, NUL and halves of surrogate pairs", () => {
  it.each(Object.keys(procedures))("tRPC %s refuses them and does nothing", async (path) => {
    await fc.assert(
      fc.asyncProperty(badInput, fc.boolean(), async (input, isSignedIn) => {
        const answer = await trpc(path, input, isSignedIn ? organization.members.owner.cookie : null);
        expect(answer.text).toContain("validation_failed");
        // A stream has begun before its procedure is asked; the refusal is its first message.
        if (procedures[path]?._def.type !== "subscription") expect(answer.status, answer.text).toBe(422);
        expect(answer.text).toContain('"path":"given');
      }),
      { numRuns: perWayIn },
    );
    expect(await fingerprint()).toEqual(untouched);
  });

  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    "REST %s refuses them and does nothing",
    async (_, route) => {
      const path = route.path.replaceAll(/\{\w+\}/g, "nothing-here");
      await fc.assert(
        fc.asyncProperty(badInput, fc.constantFrom(...reservedNames), async (input, key) => {
          const response = await serveRest(
            new Request(`http://127.0.0.1:3000${path}${route.schemas.body ? "" : `?${key}=1`}`, {
              method: route.method,
              headers: {
                cookie: organization.members.owner.cookie,
                "sec-fetch-site": "same-origin",
                "content-type": "application/json",
              },
              ...(route.method === "GET" ? {} : { body: input }),
            }),
          );
          const { status, text } = await read(response);
          // An address that leads nowhere is refused before a byte of the body is read.
          if (route.run.kind === "public" && route.run.proof !== null) {
            expect([status, text.includes("given")]).toEqual([404, false]);
            return;
          }
          expect(status, text).toBe(422);
          expect(text).toContain(route.schemas.body ? '"path":"given' : `"path":"query.${key}"`);
        }),
        { numRuns: perWayIn },
      );
      expect(await fingerprint()).toEqual(untouched);
    },
  );
});

/** The content of every table, shortened; that somebody guessed is counted, and when somebody was last there is kept: those are no acts. */
async function fingerprint(): Promise<unknown> {
  const { rows } = await client.query({ name: "fingerprint", text: everything });
  return rows;
}

async function readEverything(): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    "select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename not like 'exec_%' and tablename <> 'guess_counters' order by 1",
  );
  return rows
    .map(
      ({ name: table }) =>
        `select '${table}' as t, md5(coalesce(string_agg(line, '|' order by line), '')) as h from ${table} r cross join lateral (select (to_jsonb(r) - 'seen_at')::text as line) l`,
    )
    .join(" union all ");
}
