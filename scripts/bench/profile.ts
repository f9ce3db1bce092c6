import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Pool } from "pg";
import { z } from "zod";
import { projectRoot } from "../db/project-files";

/** Where a profiled run leaves what V8 noted; the files open in the developer tools of any Chromium. */
export const profileDir = join(projectRoot, "bench-results", "profiles");

/** Of the server: it notes how long statements and functions take. */
export const profilingSettings = { shared_preload_libraries: "pg_stat_statements", track_functions: "all" };

/** Of the product: its processes write a CPU profile when they end. */
export function profilingEnvironment(): Record<string, string> {
  rmSync(profileDir, { recursive: true, force: true });
  mkdirSync(profileDir, { recursive: true });
  const noter = pathToFileURL(join(projectRoot, "scripts/bench/note-cpu.mjs")).href;
  return { NODE_OPTIONS: `--import=${noter}`, HOLDPOINT_PROFILE_DIR: profileDir };
}

/** Forgets what was noted so far. */
export async function resetStatistics(database: string): Promise<void> {
  await ask(database, [
    "create extension if not exists pg_stat_statements",
    "select pg_stat_statements_reset()",
    "select pg_stat_reset()",
  ]);
}

/** Prints where PostgreSQL spent its time since then, per run. */
export async function printStatistics(database: string, runs: number): Promise<void> {
  const [statements, functions, tables] = await ask(database, [statementsSql, functionsSql, tablesSql]);
  const perRun = (rows: Row[] | undefined): Row[] =>
    (rows ?? []).map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          typeof value === "number" ? Number((value / runs).toFixed(4)) : value,
        ]),
      ),
    );
  console.log("Statements, ms and calls for a run:");
  console.table(perRun(statements));
  console.log("Functions, ms and calls for a run:");
  console.table(perRun(functions));
  console.log("Rows written for a run:");
  console.table(perRun(tables));
}

/** Prints the functions in which each process spent its time, from the profiles that it wrote at its end. */
export function printProfiles(): void {
  for (const file of readdirSync(profileDir).filter((name) => name.endsWith(".cpuprofile"))) {
    const profile = profileSchema.parse(JSON.parse(readFileSync(join(profileDir, file), "utf8")));
    const own = new Map<string, number>();
    const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
    profile.samples.forEach((id, at) => {
      const name = names.get(id) ?? "";
      own.set(name, (own.get(name) ?? 0) + (profile.timeDeltas[at] ?? 0) / 1_000);
    });
    const idle = own.get("(idle)") ?? 0;
    const busy = [...own.values()].reduce((sum, ms) => sum + ms, 0) - idle;
    console.log(`\n${file}: ${busy.toFixed(0)} ms busy`);
    const top = [...own].filter(([name]) => name !== "(idle)").sort(([, a], [, b]) => b - a);
    for (const [name, ms] of top.slice(0, 25))
      console.log(`  ${((100 * ms) / busy).toFixed(1).padStart(5)} %  ${name}`);
  }
}

type Row = Record<string, unknown>;

async function ask(database: string, statements: string[]): Promise<Row[][]> {
  const pool = new Pool({ connectionString: database, max: 1 });
  try {
    const answers: Row[][] = [];
    for (const statement of statements) answers.push((await pool.query<Row>(statement)).rows);
    return answers;
  } finally {
    await pool.end();
  }
}

const statementsSql = `
  select left(regexp_replace(query, '\\s+', ' ', 'g'), 90) as statement, total_exec_time::float8 as ms, calls::float8 as calls,
    wal_bytes::float8 as wal_bytes
  from pg_stat_statements order by total_exec_time desc limit 20`;

const functionsSql = `
  select funcname as function, self_time::float8 as self_ms, total_time::float8 as total_ms, calls::float8 as calls
  from pg_stat_user_functions order by self_time desc limit 30`;

const tablesSql = `
  select relname as table, n_tup_ins::float8 as inserted, n_tup_upd::float8 as updated, n_tup_hot_upd::float8 as of_them_hot,
    n_tup_del::float8 as deleted, seq_scan::float8 as scans, idx_scan::float8 as probes
  from pg_stat_user_tables where n_tup_ins + n_tup_upd + n_tup_del + seq_scan > 0
  order by n_tup_ins + n_tup_upd + n_tup_del desc limit 20`;

const callFrameSchema = z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() });
const profileSchema = z.object({
  nodes: z.array(z.object({ id: z.number(), callFrame: callFrameSchema })),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

function nameOf({ functionName, url, lineNumber }: z.output<typeof callFrameSchema>): string {
  if (url === "") return functionName;
  const place = url.replace(/^file:\/\//, "").replace(projectRoot, "");
  return `${functionName || "(anonymous)"}  ${place}:${String(lineNumber + 1)}`;
}
