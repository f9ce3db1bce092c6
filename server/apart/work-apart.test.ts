import { afterAll, beforeAll, expect, it } from "vitest";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { TestDatabase } from "@/tests/database";
import { isSmall } from "./is-small";
import { apart, workApart } from "./work-apart";

// What an organization may have done is a setting, and settings are read together.
let database: TestDatabase;
beforeAll(async () => {
  database = await useTestDatabase();
});
afterAll(async () => {
  await apart.value?.threads.destroy();
  await database.close();
});

const steps = Array.from({ length: 600 }, (_, at) => ({ id: `n${at}`, type: "transform", expression: at }));
const large = { name: "large", spec: { startNodeId: "n0", nodes: steps, edges: [] } };

it("R11 what is large is worked on by a thread, with the same result", async () => {
  const imported = await workApart("one", "importDocument", large);
  expect(apart.value?.threads.completed).toBe(1);
  expect(imported).toMatchObject({ ok: true, document: { name: "large", spec: { startNodeId: "n0" } } });
  expect(await workApart("one", "parseText", "{")).toMatchObject({ ok: false, line: 1 });
  expect(apart.value?.threads.completed).toBe(1);
});

it("R11 an organization has one thread at a time, and is asked to come again when many wait", async () => {
  const calls = Array.from({ length: 25 }, () => workApart("two", "importDocument", large));
  const settled = await Promise.allSettled(calls);
  const refused = settled.filter((each) => each.status === "rejected");
  expect(refused.map(({ reason }) => (reason as { code: string }).code)).toEqual(Array(5).fill("rate_limited"));
  expect(settled.filter((each) => each.status === "fulfilled")).toHaveLength(20);
  await expect(workApart("two", "importDocument", large)).resolves.toMatchObject({ ok: true });
});

it("R11 a value is small by its number of values and characters, however it is nested", () => {
  expect(isSmall({ a: [1, { b: "c" }] })).toBe(true);
  expect(isSmall("x".repeat(20_000))).toBe(false);
  expect(isSmall(Array.from({ length: 500 }, () => 1))).toBe(false);
  expect(isSmall(Array.from({ length: 30 }, () => Array.from({ length: 30 }, () => 1)))).toBe(false);
});
