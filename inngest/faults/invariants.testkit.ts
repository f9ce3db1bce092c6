import { expect } from "vitest";
import { report, type Counts } from "./report.testkit";
import type { FaultScene } from "./scene.testkit";
import { shapes } from "./shapes.testkit";

export interface FaultReport extends Counts {
  runs: number;
  calls: number;
  /** Calls that were made again. */
  repeated: number;
  /** Runs whose driver the sweeper or a failure replaced. */
  revived: number;
  killed: number;
  stopped: number;
}

/**
 * What must be true whatever happened: nothing lost, nothing done twice, nothing repeated without a reason.
 * `broken`: what was really broken besides workers, and how often. Where nothing was, nothing is proved.
 */
export async function expectSound(
  { pool, fleet, receiver, started, interruptions, inHand, heardAll }: FaultScene,
  broken: Counts = {},
): Promise<FaultReport> {
  const breaks = Object.values({ ...fleet.ended, ...broken }).reduce((sum, count) => sum + count, 0);
  expect(breaks, "something was broken").toBeGreaterThan(0);

  const { rows } = await pool.query<{ id: string; status: string; revivals: number; error: unknown }>(
    "select id, status, revivals, error from runs",
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const odd = started.flatMap(({ id, shape }) => {
    const run = byId.get(id);
    return run?.status === shapes[shape]?.ends ? [] : [{ id, shape, status: run?.status, error: run?.error }];
  });
  expect(odd, "each run ended well, or waits for what nobody answers").toEqual([]);
  expect(rows).toHaveLength(started.length);

  const expected = started.flatMap(({ id, shape }) => (shapes[shape]?.calls ?? []).map((call) => `${id}:${call}`));
  expect([...receiver.calls.keys()].sort(), "each step was called, and nothing else").toEqual(expected.sort());
  const recorded = await pool.query<{ key: string; n: number }>(
    "select run_id || ':' || key as key, count(*)::int as n from step_runs where status = 'completed' and type = 'service_call' and not superseded group by 1",
  );
  expect(
    recorded.rows.filter(({ n }) => n !== 1),
    "each step is on record once",
  ).toEqual([]);
  expect(recorded.rows).toHaveLength(expected.length);

  const left = new Map(inHand);
  const excess = [...receiver.calls].flatMap(([key, count]) => {
    const more = count - 1 - (interruptions.get(key) ?? 0);
    if (more <= 0) return [];
    const [run = ""] = key.split(":");
    left.set(run, (left.get(run) ?? 0) - more);
    if ((left.get(run) ?? 0) >= 0) return [];
    return [{ key, count, interrupted: interruptions.get(key) ?? 0, inHand: inHand.get(run) ?? 0 }];
  });
  expect(
    JSON.stringify(excess),
    `no call was repeated that was not under way when something broke (workers: ${JSON.stringify(await fleet.story())})`,
  ).toBe("[]");

  const gaps = await pool.query(
    "select run_id from run_events group by run_id having count(*) <> max(seq) or min(seq) <> 1",
  );
  expect(gaps.rows, "no run's history has a gap").toEqual([]);
  // Of this test's runs: a server may still know drivers of another's.
  const drivers = [...(await fleet.drivers())].filter(([run]) => byId.has(run));
  const waiting = started
    .filter(({ shape }) => shapes[shape]?.ends !== "completed")
    .map(({ id }): [string, number] => [id, 1]);
  if (heardAll())
    expect(drivers.sort(), "one driver waits for each run that waits, and none for any other").toEqual(waiting.sort());

  const answers = await pool.query<{ asked: number; answered: number; entries: number }>(answersSql);
  const { asked, answered, entries } = answers.rows[0] ?? { asked: 0, answered: 0, entries: -1 };
  expect(asked, "there was something to decide").toBeGreaterThan(0);
  expect({ answered, entries }, "each question was answered once").toEqual({ answered: asked, entries: asked });

  const counts = {
    runs: started.length,
    calls: expected.length,
    repeated: [...receiver.calls.values()].reduce((sum, count) => sum + count - 1, 0),
    revived: rows.filter(({ revivals }) => revivals > 0).length,
    ...fleet.ended,
    ...broken,
  };
  report(counts);
  return counts;
}

const answersSql = `
  select count(*)::int as asked, (count(*) filter (where status = 'resolved'))::int as answered,
    (select count(*)::int from audit_entries where action in ('approval.approved', 'form.submitted')) as entries
  from waitpoints where kind in ('approval', 'form') and not 'role:nobody' = any(assignees)`;
