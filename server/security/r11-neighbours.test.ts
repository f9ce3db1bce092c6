import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { attack, processesOf, type Attacked } from "./attacked.testkit";
import { burdens } from "./burdens.testkit";
import { isFull, report } from "./extent.testkit";
import { moveIn, type Neighbour } from "./neighbour.testkit";
import { expectEveryRunToEnd } from "./runs-end.testkit";

/** Above what the same neighbour notices when nothing else goes on. */
const bars = { health: 250, run: 2_000 };
const atOnce = isFull ? 5 : 2;
const only = process.env.SECURITY_BURDEN;

let attacker: Attacked;
let other: Attacked;
let neighbour: Neighbour;
beforeAll(async () => {
  attacker = await attack("burdens");
  other = await attack("neighbour");
  neighbour = await moveIn(other);
});
afterAll(() => attacker.close());

it("R11 H2 H3 H4 H5 H6 H7 H12 nobody's requests and runs delay those of another organization", async () => {
  const chosen = burdens.filter(({ name, isShort }) => (only === undefined ? isFull || isShort : name.includes(only)));
  const processes = processesOf(other);
  // The first runs compile code and open connections.
  await neighbour.during(() => Promise.resolve());
  const idle = await neighbour.during(() => new Promise((resolve) => setTimeout(resolve, isFull ? 3_000 : 200)));
  report(`R11 idle: health ${idle.health.toFixed(0)} ms, run ${idle.run.toFixed(0)} ms`);
  const late: string[] = [];
  const refused: string[] = [];
  for (const burden of chosen) {
    const refusal = await burden.prepare?.(attacker).then(
      () => null,
      (error: unknown) => String(error).slice(0, 200),
    );
    if (refusal) {
      // It never comes to a run; what the refusal cost is another burden.
      refused.push(burden.name);
      report(`R11 ${burden.name}: refused before, ${refusal}`);
      continue;
    }
    const statuses: number[] = [];
    const noticed = await neighbour.during(async () => {
      statuses.push(...(await Promise.all(Array.from({ length: atOnce }, () => send(burden)))));
      await endRuns();
    });
    const line = `${burden.name}: ${atOnce} at once (${[...new Set(statuses)].join(", ")}), health ${noticed.health.toFixed(0)} ms, run ${noticed.run.toFixed(0)} ms, of ${noticed.asked} and ${noticed.runs}`;
    report(`R11 ${line}`);
    expect({ name: burden.name, failed: statuses.filter((status) => status >= 500) }).toEqual({
      name: burden.name,
      failed: [],
    });
    expect(processesOf(other)).toEqual(processes);
    expect(noticed.runs).toBeGreaterThan(0);
    if (noticed.health > idle.health + bars.health || noticed.run > idle.run + bars.run) late.push(line);
  }
  expect(processesOf(other)).toEqual(processes);
  // Most must come through, or nothing was tried.
  expect(refused.length).toBeLessThanOrEqual(chosen.length / 4);
  if (isFull) expect(late).toEqual([]);
});

/** The status; 0 where the connection was closed instead, which is allowed as long as nobody died of it. */
function send(burden: (typeof burdens)[number]): Promise<number> {
  return burden.send(attacker).catch((error: unknown) => {
    const cause: unknown = error instanceof Error ? error.cause : null;
    if (cause instanceof Error && "code" in cause && cause.code === "UND_ERR_SOCKET") return 0;
    throw error;
  });
}

/** What still runs after a while is cancelled: that has to be heard, too. */
async function endRuns(): Promise<void> {
  const open = (): Promise<{ id: string }[]> =>
    attacker.rows("select id from runs where organization_id = $1 and status in ('pending', 'running')", [
      attacker.organization.id,
    ]);
  const until = performance.now() + 10_000;
  while (performance.now() < until && (await open()).length > 0) await delay(100);
  for (const { id } of await open()) {
    const { status, text } = await attacker.send("POST", `/api/v1/runs/${id}/cancel`, { body: "{}" });
    expect([200, 202, 409], text).toContain(status);
  }
  await expectEveryRunToEnd(attacker);
}
