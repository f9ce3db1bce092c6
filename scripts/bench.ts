import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Instance } from "@/tests/instance";
import { startBenchInstance } from "./bench/bench-instance";
import { benchApi, createBenchWorkflows } from "./bench/bench-workflows";
import { measureCanvas } from "./bench/canvas";
import { cpuPerRun, readCpu, residentMb, type CpuTimes } from "./bench/cpu";
import { measureDecisions } from "./bench/decisions";
import { measureFloor } from "./bench/floor";
import { measureLoad, type Measured } from "./bench/load";
import { lateStepCost, measureLoops } from "./bench/loops";
import { parkRuns } from "./bench/parked";
import { comparePeers } from "./bench/peers/peers";
import {
  printProfiles,
  printStatistics,
  profilingEnvironment,
  profilingSettings,
  resetStatistics,
} from "./bench/profile";
import { productDatabase } from "./db/database";
import { projectRoot } from "./db/project-files";
import { startCluster } from "./postgres/cluster";

/**
 * `npm run bench [-- <parked runs> [runs|shapes|canvas]]`, `npm run bench -- profile [<parked runs>]`, or `npm run bench -- peers`, which is in bench/peers: five steps, HTTP in -> HTTP out, through the real web process of a fresh instance, with
 * the load on the same cores; beside it what bare `pg` reaches with the same commits, and the CPU that each part used for a run, which a noisy machine changes little. Then the canvas with 500 steps in Chromium. Writes bench-results/latest.json.
 */
const parked = Number(process.argv[2] ?? "100000");
/** `runs`, `shapes` (loops and decisions) or `canvas` alone; all when absent. */
const only = process.argv[3];
const seconds = 10;
const floorName = "floor: 7 commits with pg, 50 clients";

if (process.argv[2] === "peers") await comparePeers();

const dir = mkdtempSync(join(tmpdir(), "holdpoint-bench-"));
const isProfile = process.argv[2] === "profile";
const cluster = await startCluster({ dir, kind: "durable", ...(isProfile ? { settings: profilingSettings } : {}) });
const addresses = await productDatabase(cluster);
const database = addresses.owner;
try {
  const instance = await startBenchInstance(addresses, isProfile ? profilingEnvironment() : {});
  try {
    await (isProfile ? profile(instance) : bench(instance));
  } finally {
    await instance.stop();
  }
  if (isProfile) printProfiles();
} finally {
  await cluster.stop();
  rmSync(dir, { recursive: true, force: true });
}
process.exit(0);

async function bench(instance: Instance): Promise<void> {
  const isAsked = (part: string): boolean => only === undefined || only === part;
  const results = isAsked("runs") ? await benchRuns(instance) : {};
  const shapes = isAsked("shapes") ? await benchShapes(instance) : null;
  const canvas = isAsked("canvas") ? await measureCanvas(instance) : null;
  if (canvas) console.log(`the canvas with 500 steps: ${rounded(canvas)}`);
  mkdirSync(join(projectRoot, "bench-results"), { recursive: true });
  writeFileSync(
    join(projectRoot, "bench-results/latest.json"),
    `${JSON.stringify({ node: process.version, results, shapes, canvas }, null, 2)}\n`,
  );
}

async function benchShapes(instance: Instance): Promise<object> {
  const api = benchApi(instance);
  const loops = await measureLoops(api);
  for (const { items, concurrency, ms } of loops)
    console.log(`a loop of ${String(items)}, ${String(concurrency)} side by side`.padEnd(44), `${ms.toFixed(0)} ms`);
  const late = await lateStepCost(database);
  console.log("a step after 950 of them".padEnd(44), `${late.toFixed(2)} of one at the beginning`);
  const decisions = await measureDecisions(api, database, 500);
  console.log(
    "500 decisions at once, until the next step".padEnd(44),
    `p50 ${decisions.p50.toFixed(0)} ms   p99 ${decisions.p99.toFixed(0)} ms`,
  );
  return { loops, late, decisions };
}

/** Where the time of durable runs goes. */
async function profile(instance: Instance): Promise<void> {
  const { durable, park } = await createBenchWorkflows(benchApi(instance));
  const beside = Number(process.argv[3] ?? "0");
  if (beside > 0) await parkRuns(database, park, beside);
  await measureLoad(durable, { connections: 20, seconds: beside > 0 ? 15 : 4 });
  await resetStatistics(database);
  const { runs } = await measureLoad(durable, { connections: 50, seconds });
  await printStatistics(database, runs);
}

async function benchRuns(instance: Instance): Promise<Record<string, Measured & { cpu?: CpuTimes }>> {
  const workflows = await createBenchWorkflows(benchApi(instance));
  const results: Record<string, Measured & { cpu?: CpuTimes }> = {};
  const record = async (name: string, measure: () => Promise<Measured>): Promise<void> => {
    const processes = {
      web: instance.pid("web"),
      worker: instance.pid("worker"),
      postgres: cluster.pid,
      load: process.pid,
    };
    const before = readCpu(processes);
    const measured = await measure();
    const cpu = cpuPerRun(before, readCpu(processes), measured.runs);
    results[name] = { ...measured, cpu };
    const { perSecond, p50, p99, failed } = measured;
    const floor = results[floorName]?.perSecond ?? 0;
    console.log(
      `${name.padEnd(44)} ${perSecond.toFixed(0).padStart(6)}/s   ${(perSecond / floor).toFixed(3)} of the floor   p50 ${p50.toFixed(1)} ms   p99 ${p99.toFixed(1)} ms${failed > 0 ? `   ${String(failed)} FAILED` : ""}   ${cpuWords(cpu)}`,
    );
  };
  const durable = (connections: number) => () => measureLoad(workflows.durable, { connections, seconds });
  const pure = (connections: number) => () => measureLoad(workflows.pure, { connections, seconds });
  results[floorName] = await measureFloor(database, { connections: 50, seconds: 5 });
  console.log(`${floorName.padEnd(44)} ${results[floorName].perSecond.toFixed(0).padStart(6)}/s`);
  await measureLoad(workflows.durable, { connections: 20, seconds: 4 });
  await record("durable, alone", durable(1));
  await record("durable, 50 clients", durable(50));
  await record("pure, alone", pure(1));
  await record("pure, 50 clients", pure(50));
  if (parked > 0) {
    await parkRuns(database, workflows.park, parked);
    // So many at once are news to everybody who listens; what is measured is life with them, not their arrival.
    await measureLoad(workflows.durable, { connections: 20, seconds: 15 });
    await record(`durable, 50 clients, ${String(parked)} parked runs`, durable(50));
  }
  const memory = (["web", "worker"] as const).map((name) => `${name} ${residentMb(instance.pid(name)).toFixed(0)} MB`);
  console.log("memory after it".padEnd(44), memory.join(", "));
  return results;
}

function cpuWords(cpu: CpuTimes): string {
  const parts = Object.entries(cpu);
  if (parts.length === 0) return "";
  const own = parts.filter(([name]) => name !== "load").reduce((sum, [, ms]) => sum + ms, 0);
  return `CPU ${own.toFixed(2)} ms a run (${parts.map(([name, ms]) => `${name} ${ms.toFixed(2)}`).join(", ")})`;
}

function rounded(measures: object): string {
  return JSON.stringify(measures, (_, value: unknown) =>
    typeof value === "number" ? Math.round(value * 10) / 10 : value,
  );
}
