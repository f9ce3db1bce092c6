/** A worker process for crash tests: `node --import tsx crash-worker.testkit.ts <url> <lease ms>`. Talks over IPC. */
import { Pool } from "pg";
import { currentDispatch, markMemoCommitted, stepHash } from "./dispatch-context";
import { createTestClient, startTestExecutor } from "./executor.testkit";

export type FromWorker =
  | { type: "ready" }
  | { type: "body"; key: string; step: string }
  | { type: "fenced"; key: string };
/** Opens the door that the held step waits at. */
export type ToWorker = { type: "go" };

const [url = "", leaseMs = ""] = process.argv.slice(2);
const pool = new Pool({ connectionString: url, max: 8 });
const tell = (message: FromWorker): void => void process.send?.(message);
const go = new Promise<void>((resolve) => process.once("message", () => resolve()));

const { client, fetch } = createTestClient();

/** Five steps; odd ones commit their own memo with their record, even ones leave it to the checkpoint. */
const crashing = client.createFunction(
  { id: "crashing", triggers: [{ event: "crash/run" }] },
  async ({ event, step }) => {
    const { key } = event.data as { key: string };
    for (let n = 1; n <= 5; n += 1) {
      await step.run(`s${n}`, () => (n % 2 === 1 ? recordedStep(key, `s${n}`) : plainStep(key, `s${n}`)));
    }
    await step.run("end", async () => {
      await pool.query("insert into probe_end (key) values ($1) on conflict do nothing", [key]);
    });
  },
);

const stopped = client.createFunction(
  { id: "stopped", triggers: [{ event: "crash/stop" }] },
  async ({ event, step }) => {
    const { key } = event.data as { key: string };
    await step.run("held", async () => {
      tell({ type: "body", key, step: "held" });
      await go;
      if (!(await record(key, "held"))) tell({ type: "fenced", key });
    });
    await step.run("end", () => pool.query("insert into probe_end (key) values ($1)", [key]).then(() => null));
  },
);

async function recordedStep(key: string, step: string): Promise<void> {
  await plainStep(key, step);
  if (await record(key, step)) markMemoCommitted(currentDispatch()?.execRunId ?? "", step);
}

async function plainStep(key: string, step: string): Promise<void> {
  await pool.query(
    "insert into probe_body (key, step, after_record) select $1, $2, exists (select 1 from probe_record where key = $1 and step = $2)",
    [key, step],
  );
  tell({ type: "body", key, step });
}

/** What a journal does: its record and the memo in one transaction, refused together. */
async function record(key: string, step: string): Promise<boolean> {
  const dispatch = currentDispatch();
  const connection = await pool.connect();
  try {
    await connection.query("begin");
    const { rows } = await connection.query<{ ok: boolean }>("select exec_put_memo($1, $2, $3, $4, $5, 'null') as ok", [
      dispatch?.execRunId,
      dispatch?.jobId,
      dispatch?.fence,
      stepHash(step),
      step,
    ]);
    const ok = rows[0]?.ok === true;
    if (ok) await connection.query("insert into probe_record (key, step) values ($1, $2)", [key, step]);
    await connection.query(ok ? "commit" : "rollback");
    return ok;
  } finally {
    connection.release();
  }
}

await startTestExecutor(url, { client, fetch }, [crashing, stopped], {
  // Whatever is killed here is innocent.
  takeovers: 100,
  workerName: "worker",
  leaseMs: Number(leaseMs),
  concurrency: 16,
});
tell({ type: "ready" });
