import { randomBytes } from "node:crypto";
import { Client, Pool } from "pg";
import { inject } from "vitest";
import { templateDatabase } from "./template-database";

export interface TestDatabase {
  /** As the product's role: what the product under test uses. */
  url: string;
  /** As the owner: may also create and drop what a test needs. */
  ownerUrl: string;
  /** As the owner. */
  pool: Pool;
  close(): Promise<void>;
}

/** A migrated database of its own for one test file (or one test). Call `close` when done: it drops the database. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const adminUrl = inject("postgresUrl");
  const name = `test_${randomBytes(8).toString("hex")}`;
  await administer(adminUrl, `create database ${name} template ${templateDatabase} strategy file_copy`);
  const ownerUrl = adminUrl.replace(/\/postgres$/, `/${name}`);
  // As few as a test needs beside one that waits: a new connection costs PostgreSQL more than most of what it is then asked.
  const pool = new Pool({ connectionString: ownerUrl, max: 6 });
  // A test may cut its own connections; pg reports idle ones that die here.
  pool.on("error", () => undefined);
  // One that dies between two queries tells only those who listen; the next query on it is refused all the same.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return {
    url: inject("postgresAppUrl").replace(/\/postgres$/, `/${name}`),
    ownerUrl,
    pool,
    close: async () => {
      await pool.end();
      await administer(adminUrl, `drop database ${name} with (force)`);
    },
  };
}

async function administer(adminUrl: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
