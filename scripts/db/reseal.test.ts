import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "@/core/ids";
import {
  callbackContext,
  connectionContext,
  createKeyRing,
  idempotencyContext,
} from "@/server/integrations/secrets/key-ring";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import { reseal } from "./reseal";
import { sealedColumns } from "./sealed-columns";

let database: TestDatabase;
let client: Client;
const [old, fresh] = [`old:${randomBytes(32).toString("base64")}`, `new:${randomBytes(32).toString("base64")}`];
const [oldRing, bothRing, newRing] = [createKeyRing(old), createKeyRing(`${fresh},${old}`), createKeyRing(fresh)];

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.close();
});

it("L8 every secret goes over to the newest key, so that the old one can be retired", async () => {
  const [organization, connection, lost, waitpoint] = [newId(), newId(), newId(), newId()];
  const insert =
    "insert into connections (id, organization_id, slug, connector, name, base_url, auth_type, secret_sealed, updated_at) values ($1, $2, $3, 'http', $3, 'http://h', 'bearer', $4, now())";
  await client.query(insert, [
    connection,
    organization,
    "a",
    oldRing.seal("one", connectionContext(organization, connection)),
  ]);
  await client.query(insert, [
    lost,
    organization,
    "b",
    createKeyRing(`gone:${randomBytes(32).toString("base64")}`).seal("two", connectionContext(organization, lost)),
  ]);
  await client.query(
    "insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, assignees, request) values ($1, $2, $3, $3, 'w', 'w', 'callback', '{}', $4)",
    [
      waitpoint,
      organization,
      newId(),
      JSON.stringify({
        callbackUrlSealed: oldRing.seal("http://h/t", callbackContext(organization, waitpoint)),
        more: 1,
      }),
    ],
  );
  const owner = { organizationId: organization, actorId: "actor", key: "k" };
  await client.query(
    "insert into idempotency_keys (organization_id, actor_id, key, request_hash, response) values ($1, $2, $3, '', $4)",
    [organization, owner.actorId, owner.key, JSON.stringify(oldRing.seal("answer", idempotencyContext(owner)))],
  );
  expect(await reseal(client, bothRing)).toEqual({ renewed: 3, unreadable: [expect.stringContaining('"gone"')] });
  expect(await reseal(client, bothRing)).toMatchObject({ renewed: 0 });
  const one = async (sql: string, values: string[]) =>
    (await client.query<{ sealed: string }>(sql, values)).rows[0]?.sealed ?? "";
  expect(
    newRing.open(
      await one("select secret_sealed as sealed from connections where id = $1", [connection]),
      connectionContext(organization, connection),
    ),
  ).toBe("one");
  expect(
    newRing.open(
      await one("select request->>'callbackUrlSealed' as sealed from waitpoints where id = $1", [waitpoint]),
      callbackContext(organization, waitpoint),
    ),
  ).toBe("http://h/t");
  expect(
    newRing.open(
      await one("select response #>> '{}' as sealed from idempotency_keys where organization_id = $1", [organization]),
      idempotencyContext(owner),
    ),
  ).toBe("answer");
});

it("L8 no sealed column is forgotten", () => {
  const folder = join(import.meta.dirname, "../../prisma/schema");
  const columns = readdirSync(folder).flatMap((file) => {
    const models = readFileSync(join(folder, file), "utf8").split(/^model /m);
    return models.flatMap((model) => {
      const table = /@@map\("(\w+)"\)/.exec(model)?.[1] ?? "";
      return [...model.matchAll(/@map\("(\w+_sealed)"\)/g)].map(([, name]) => `${table}.${name ?? ""}`);
    });
  });
  expect(columns.length).toBeGreaterThan(4);
  const known = sealedColumns.map(({ table, text }) => `${table}.${text}`);
  expect(columns.filter((name) => !known.includes(name))).toEqual([]);
});
