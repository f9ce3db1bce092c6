import type { Json } from "@/core/json";
import { hotPool } from "@/server/db/pools";

/** A row of the journal as people read it. Sequence numbers and durations are exact as numbers up to 2^53. */
export interface StepRow {
  runId: string;
  key: string;
  seq: number;
  generation: number;
  superseded: boolean;
  id: string;
  nodeId: string;
  iteration: string;
  name: string;
  type: string;
  status: string;
  attempt: number;
  handle: string | null;
  engine: Json;
  input: Json;
  output: Json;
  error: Json;
  summary: string | null;
  attempts: Json;
  warnings: Json;
  startedAt: Date | null;
  endedAt: Date | null;
  durationMs: number | null;
}

const columns = `run_id as "runId", key, seq::float8 as seq, generation, superseded, id, node_id as "nodeId", iteration, name, type,
  status, attempt, handle, engine, input, output, error, summary, attempts, warnings, started_at as "startedAt",
  ended_at as "endedAt", duration_ms::float8 as "durationMs"`;

/** On a run's page: this many steps of loops in journal order, and as many that are under way. */
export const shownLoopSteps = 100;

/** The rows that count, all of them with everything in them: not for pages. */
export async function listStepRuns(runId: string): Promise<StepRow[]> {
  return steps("run_id = $1 and not superseded order by s.seq", [runId]);
}

/**
 * What a run's page shows: every step outside of loops, with those that a retry superseded; of the steps in loops the first
 * ones, and those that are under way. However long the run, some hundred rows.
 */
export async function listShownSteps(
  runId: string,
): Promise<{ rows: StepRow[]; more: { count: number; after: number } | null }> {
  const [outside, first, underWay, count] = await Promise.all([
    steps("run_id = $1 and iteration = ''", [runId]),
    loopSteps(runId, { after: 0, limit: shownLoopSteps + 1 }),
    steps(
      "run_id = $1 and not superseded and iteration <> '' and status in ('waiting', 'running') order by s.seq limit $2",
      [runId, shownLoopSteps],
    ),
    countLoopSteps(runId),
  ]);
  const page = first.slice(0, shownLoopSteps);
  const inLoops = [...new Map([...page, ...underWay].map((row) => [row.key, row])).values()];
  const after = first.length > page.length ? page.at(-1)?.seq : undefined;
  return {
    rows: inOrder([...outside, ...inLoops, ...(await earlierTries(runId, inLoops))]),
    more: after === undefined ? null : { count: count - inLoops.length, after },
  };
}

/** A page of the steps in loops, in journal order, with their earlier tries. One that goes on meanwhile moves to a later page. */
export async function listLoopSteps(
  runId: string,
  page: { after: number; limit: number },
): Promise<{ rows: StepRow[]; next: number | null }> {
  const found = await loopSteps(runId, { ...page, limit: page.limit + 1 });
  const shown = found.slice(0, page.limit);
  return {
    rows: inOrder([...shown, ...(await earlierTries(runId, shown))]),
    next: found.length > page.limit ? (shown.at(-1)?.seq ?? null) : null,
  };
}

/** One step with its earlier tries; empty when the run has none by this id. */
export async function listTriesOfStep(runId: string, id: string): Promise<StepRow[]> {
  return steps("run_id = $1 and key = (select key from step_runs where run_id = $1 and id = $2) order by s.seq", [
    runId,
    id,
  ]);
}

function loopSteps(runId: string, { after, limit }: { after: number; limit: number }): Promise<StepRow[]> {
  return steps("run_id = $1 and not superseded and iteration <> '' and s.seq > $2 order by s.seq limit $3", [
    runId,
    after,
    limit,
  ]);
}

async function earlierTries(runId: string, rows: readonly StepRow[]): Promise<StepRow[]> {
  return rows.length === 0
    ? []
    : steps("run_id = $1 and superseded and key = any($2)", [runId, rows.map(({ key }) => key)]);
}

async function countLoopSteps(runId: string): Promise<number> {
  const { rows } = await hotPool().query<{ count: number }>(
    "select count(*)::int as count from step_runs where run_id = $1 and not superseded and iteration <> ''",
    [runId],
  );
  return rows[0]?.count ?? 0;
}

async function steps(where: string, values: unknown[]): Promise<StepRow[]> {
  const { rows } = await hotPool().query<StepRow>(`select ${columns} from step_runs s where ${where}`, values);
  return rows;
}

function inOrder(rows: readonly StepRow[]): StepRow[] {
  return rows.toSorted((left, right) => left.seq - right.seq);
}
