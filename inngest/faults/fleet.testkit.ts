import type { Pool } from "pg";
import { bundleEntry } from "./bundle.testkit";
import { createChildren, type Child, type Children } from "./children.testkit";

export type Worker = Child;

export interface Fleet extends Pick<Children, "crashes" | "ended" | "close"> {
  /** Resolves when the worker has said that it is there. */
  start(): Promise<Worker>;
}

/** Real worker processes, all with the same settings. */
export async function createFleet(
  { url, pool }: { url: string; pool: Pool },
  environment: Record<string, string> = {},
): Promise<Fleet> {
  const bundle = await bundleEntry("inngest/worker.ts");
  const children = createChildren("worker", url);
  return {
    crashes: children.crashes,
    ended: children.ended,
    start: () =>
      children.start(bundle.file, environment, async (pid) => {
        const { rowCount } = await pool.query("select 1 from exec_workers where pid = $1 and not dead", [pid]);
        return rowCount !== 0;
      }),
    async close() {
      await children.close();
      bundle.remove();
    },
  };
}
