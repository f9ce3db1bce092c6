import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCluster } from "./cluster";

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "holdpoint-cluster-"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const start = () => startCluster({ dir, kind: "throwaway" });

test("keeps its data over a stop and a start, and its password file to its owner", async () => {
  const first = await start();
  await query(first.url("postgres"), "create table kept (n int); insert into kept values (7)");
  await first.stop();
  expect(statSync(join(dir, "password")).mode & 0o077).toBe(0);

  const second = await start();
  expect(await query(second.url("postgres"), "select n from kept")).toEqual([{ n: 7 }]);
  await second.stop();
});

test("replaces the orphan that a killed supervisor leaves behind", async () => {
  const orphan = await start();
  const next = await start();
  await orphan.exited;
  expect(next.pid).not.toBe(orphan.pid);
  expect(await query(next.url("postgres"), "select 1 as one")).toEqual([{ one: 1 }]);
  await next.stop();
});

test("ignores a lock whose process number now belongs to another program", async () => {
  writeFileSync(join(dir, "data", "postmaster.pid"), `${process.pid}\n${dir}/data\n`);
  const cluster = await start();
  expect(await query(cluster.url("postgres"), "select 1 as one")).toEqual([{ one: 1 }]);
  await cluster.stop();
});

test("answers on loopback only, and not without its password", async () => {
  const cluster = await start();
  expect(await query(cluster.url("postgres"), "show listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
  const withoutPassword = cluster.url("postgres").replace(/:[0-9a-f]{48}@/, ":wrong@");
  await expect(query(withoutPassword, "select 1")).rejects.toThrow(/password authentication failed/);
  await cluster.stop();
});

test("names both versions when the data directory is of another PostgreSQL", async () => {
  const path = join(dir, "data", "PG_VERSION");
  const version = readFileSync(path, "utf8");
  writeFileSync(path, "12\n");
  await expect(start()).rejects.toThrow(/belongs to PostgreSQL 12.*brings PostgreSQL 18/);
  writeFileSync(path, version);
});
