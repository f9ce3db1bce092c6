import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startInstance } from "@/tests/instance";
import { createBenchWorkflows } from "./bench/bench-workflows";
import { measureCanvas } from "./bench/canvas";
import { measureFloor } from "./bench/floor";
import { measureLoad, type Measured } from "./bench/load";
import { parkRuns } from "./bench/parked";
import { productDatabase } from "./db/database";
import { projectRoot } from "./db/project-files";
import { startCluster } from "./postgres/cluster";

/**
 * `npm run bench [-- <parked runs> [runs|canvas]]`: five steps, HTTP in -> HTTP out, through the real web process of a fresh instance, with
 * the load on the same cores; beside it what bare `pg` reaches with the same commits. Then the canvas with 500 steps in Chromium. Writes bench-results/latest.json.
 */
const parked = Number(process.argv[2] ?? "100000");
/** `runs` or `canvas` alone; both when absent. */
const only = process.argv[3];
const seconds = 10;

const dir = mkdtempSync(join(tmpdir(), "holdpoint-bench-"));
const cluster = await startCluster({ dir, kind: "durable" });
const addresses = await productDatabase(cluster);
const database = addresses.owner;
try {
  const instance = await startInstance({
    DATABASE_URL: addresses.app,
    HOLDPOINT_MIGRATION_DATABASE_URL: addresses.owner,
    HOLDPOINT_DEMO: "on",
    // What the machine can do is measured, not what one organization may ask of it.
    HOLDPOINT_STARTS_PER_SECOND: "100000",
    LOG_LEVEL: "warn",
  });
  try {
    await bench(instance);
  } finally {
    await instance.stop();
  }
} finally {
  await cluster.stop();
  rmSync(dir, { recursive: true, force: true });
}
process.exit(0);

type Instance = Awaited<ReturnType<typeof startInstance>>;

async function bench(instance: Instance): Promise<void> {
  const results = only === "canvas" ? {} : await benchRuns(instance);
  const canvas = only === "runs" ? null : await measureCanvas(instance);
  if (canvas) console.log(`the canvas with 500 steps: ${rounded(canvas)}`);
  mkdirSync(join(projectRoot, "bench-results"), { recursive: true });
  writeFileSync(
    join(projectRoot, "bench-results/latest.json"),
    `${JSON.stringify({ node: process.version, results, canvas }, null, 2)}\n`,
  );
}

async function benchRuns(instance: Instance): Promise<Record<string, Measured>> {
  const workflows = await createBenchWorkflows(instance);
  const results: Record<string, Measured> = {};
  const record = (name: string, measured: Measured): void => {
    results[name] = measured;
    const { perSecond, p50, p99, failed } = measured;
    console.log(
      `${name.padEnd(48)} ${perSecond.toFixed(0).padStart(6)}/s   p50 ${p50.toFixed(1)} ms   p99 ${p99.toFixed(1)} ms${failed > 0 ? `   ${String(failed)} FAILED` : ""}`,
    );
  };
  record("floor: 7 commits with pg, 50 clients", await measureFloor(database, { connections: 50, seconds: 5 }));
  await measureLoad(workflows.durable, { connections: 20, seconds: 4 });
  record("durable, alone", await measureLoad(workflows.durable, { connections: 1, seconds }));
  record("durable, 50 clients", await measureLoad(workflows.durable, { connections: 50, seconds }));
  record("pure, alone", await measureLoad(workflows.pure, { connections: 1, seconds }));
  record("pure, 50 clients", await measureLoad(workflows.pure, { connections: 50, seconds }));
  if (parked > 0) {
    await parkRuns(database, workflows.park, parked);
    record(
      `durable, 50 clients, ${String(parked)} parked runs`,
      await measureLoad(workflows.durable, { connections: 50, seconds }),
    );
  }
  return results;
}

function rounded(measures: object): string {
  return JSON.stringify(measures, (_, value: unknown) =>
    typeof value === "number" ? Math.round(value * 10) / 10 : value,
  );
}
