import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { systemActor } from "@/server/auth/actor";
import { useTestDatabase } from "@/server/db/database.testkit";
import { liveReady, subscribeLive } from "@/server/db/live";
import { hotPool } from "@/server/db/pools";
import type { TestDatabase } from "@/tests/database";
import { liveChanges } from "./changes";

let database: TestDatabase;
const { organizationId } = systemActor(newId());
const heard = new Set<string>();

beforeAll(async () => {
  database = await useTestDatabase();
  subscribeLive(organizationId, ({ kinds }) => {
    for (const kind of kinds) heard.add(kind);
  });
  await liveReady();
});
afterAll(() => database.close());

/** Says it, and waits until this process has heard it. */
async function say(change: { runIds?: string[]; kinds?: string[] }): Promise<void> {
  const fence = `fence:${newId()}`;
  const text = JSON.stringify({ organizationId, ...change, kinds: [...(change.kinds ?? []), fence] });
  await hotPool().query("select pg_notify('hp_live', $1)", [text]);
  await expect.poll(() => heard.has(fence)).toBe(true);
}

it("3.9 what comes while the reader is busy is in the next message", async () => {
  const leaving = new AbortController();
  const changes = liveChanges(organizationId, leaving.signal);
  const first = changes.next();
  await say({ runIds: ["a"] });
  expect((await first).value?.runIds).toEqual(["a"]);
  // The reader has the first message and does not ask for the next one yet.
  await say({ runIds: ["b"], kinds: ["workflow"] });
  const second = (await changes.next()).value;
  expect(second?.runIds).toEqual(["b"]);
  expect(second?.kinds).toContain("workflow");
  leaving.abort();
  expect((await changes.next()).done).toBe(true);
});

it("3.9 more runs than are worth naming are one kind", async () => {
  const leaving = new AbortController();
  const changes = liveChanges(organizationId, leaving.signal);
  const first = changes.next();
  await say({ runIds: ["early"] });
  await first;
  for (let part = 0; part < 3; part += 1)
    await say({ runIds: Array.from({ length: 100 }, (_, index) => `${String(part)}-${String(index)}`) });
  const { value } = await changes.next();
  expect(value?.kinds).toContain("runs");
  expect(value?.runIds.length).toBeLessThan(200);
  leaving.abort();
  await changes.next();
});
