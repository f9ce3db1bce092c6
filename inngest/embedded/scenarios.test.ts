import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/database";
import { createScenarioBench, scenarios, type ScenarioBench } from "./scenarios.testkit";
import { createTestClient, startTestExecutor, type TestExecutor } from "./executor.testkit";

describe("the embedded executor", () => {
  let database: TestDatabase;
  let executor: TestExecutor;
  let bench: ScenarioBench;

  beforeAll(async () => {
    database = await createTestDatabase();
    const client = createTestClient();
    bench = createScenarioBench(client.client);
    executor = await startTestExecutor(database.url, client, bench.functions);
  });
  afterAll(async () => {
    await executor.stop();
    await database.close();
  });

  test.each(scenarios)("scenario $id ends as on a real server", async ({ id, expected }) => {
    expect(await bench.run(id)).toEqual(expected);
  });

  test("ended runs leave no rows", async () => {
    await executor.idle();
    const { rows } = await database.pool.query(
      "select (select count(*) from exec_runs)::int + (select count(*) from exec_jobs)::int + (select count(*) from exec_steps)::int + (select count(*) from exec_waits)::int as n",
    );
    expect(rows).toEqual([{ n: 0 }]);
  });
});
