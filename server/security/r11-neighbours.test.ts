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
  for (const burden of chosen) {
    await burden.prepare?.(attacker);
    const statuses: number[] = [];
    const noticed = await neighbour.during(async () => {
      statuses.push(...(await Promise.all(Array.from({ length: atOnce }, () => burden.send(attacker)))));
      await expectEveryRunToEnd(attacker);
    });
    const line = `${burden.name}: ${atOnce} at once (${[...new Set(statuses)].join(", ")}), health ${noticed.health.toFixed(0)} ms, run ${noticed.run.toFixed(0)} ms, of ${noticed.asked} and ${noticed.runs}`;
    report(`R11 ${line}`);
    expect({ name: burden.name, failed: statuses.filter((status) => status >= 500) }).toEqual({
      name: burden.name,
      failed: [],
    });
    expect(noticed.runs).toBeGreaterThan(0);
    if (noticed.health > idle.health + bars.health || noticed.run > idle.run + bars.run) late.push(line);
  }
  expect(processesOf(other)).toEqual(processes);
  if (isFull) expect(late).toEqual([]);
});
