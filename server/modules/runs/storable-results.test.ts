import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evaluateExpression } from "@/core/expression/evaluate";
import { awkwardText, textExpressions } from "@/core/expression/awkward-text.testkit";
import { testScope } from "@/core/expression/expression-scope.fixture";
import { createTestDatabase, type TestDatabase } from "@/tests/database";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

describe("3.4 what an expression gives can always be stored", () => {
  it("PostgreSQL takes every result as jsonb, and every message as text", async () => {
    const texts = fc.sample(awkwardText, { numRuns: 60, seed: 34 });
    const results = textExpressions.flatMap((source, at) =>
      texts.map((a, n) => {
        const b = texts[(at + n) % texts.length] ?? "";
        return evaluateExpression(source, testScope({ trigger: { a, b, n: n % 5, m: { [a]: b } } }));
      }),
    );
    const values = results.map((result) => JSON.stringify(result));
    const messages = results.flatMap((result) => (result.ok ? [] : [result.error.message]));
    const stored = await database.pool.query<{ taken: number }>(
      "select count(v::jsonb)::int as taken from unnest($1::text[]) v",
      [values],
    );
    expect(stored.rows).toEqual([{ taken: values.length }]);
    expect((await database.pool.query("select unnest($1::text[])", [messages])).rowCount).toBe(messages.length);
  });
});
