import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";

/** One call of the server, from its arrival at the balancer to its end. */
export interface ServerCall {
  /** It is a worker's turn to answer it. */
  given(port: number): void;
  answered(answer: { status: number; headers: IncomingHttpHeaders; body: Buffer }): void;
  /** Nobody answered: the server will ask again. */
  failed(): void;
}

/** What the balancer knows of the server's calls: with a real server nothing of it is in our database. */
export interface CallLedger {
  came(headers: IncomingHttpHeaders, body: Buffer): ServerCall;
  /** Calls that a worker has in hand, by run. */
  inHand(port: number): ReadonlyMap<string, number>;
  /** Calls under way, and those that failed and have not come again; one more while the last of all was only just there. */
  toCome(): number;
  /** Drivers that have not come to their end, by run. */
  drivers(): ReadonlyMap<string, number>;
}

/** A server does not tell what it is about to do: with no call for so long, ms, nothing more comes. */
const quietMs = 1_500;

const bodySchema = z.object({
  event: z.object({
    name: z.string(),
    data: z.object({ runId: z.string().optional(), run_id: z.string().optional() }),
  }),
});
const stepsSchema = z.array(z.object({ op: z.string() }));

interface UnderWay {
  /** The driver, as the server names it. */
  driver: string;
  run: string | undefined;
  port: number | null;
}

export function createCallLedger(): CallLedger {
  const underWay = new Set<UnderWay>();
  /** By the server's job, which stays the same however often it asks: the driver of a call that failed. */
  const failed = new Map<string, string>();
  const drivers = new Map<string, { run: string; isOver: boolean }>();
  let lastAt = 0;

  function over(driver: string): void {
    const known = drivers.get(driver);
    if (known) known.isOver = true;
    // What else was asked of it is not asked again.
    for (const [job, of] of failed) if (of === driver) failed.delete(job);
  }

  return {
    came(headers, body) {
      const { event } = bodySchema.parse(JSON.parse(body.toString()));
      const driver = String(headers["x-run-id"]);
      const job = String(headers["x-inngest-job-id"] ?? driver);
      const call: UnderWay = { driver, run: event.data.runId, port: null };
      underWay.add(call);
      failed.delete(job);
      lastAt = Date.now();
      if (event.name === "run/requested" && call.run !== undefined && !drivers.has(driver))
        drivers.set(driver, { run: call.run, isOver: false });
      // The server has given this driver up, and tells the function's `onFailure`.
      if (event.name === "inngest/function.failed" && event.data.run_id !== undefined) over(event.data.run_id);

      const ended = (): void => {
        underWay.delete(call);
        lastAt = Date.now();
      };
      return {
        given: (port) => (call.port = port),
        answered({ status, headers: answer, body: said }) {
          ended();
          const steps = status === 206 ? stepsSchema.parse(JSON.parse(said.toString())) : [];
          if (status === 200 || steps.some(({ op }) => op === "RunComplete")) over(driver);
          else if (status > 299 && answer["x-inngest-no-retry"] === "true") over(driver);
          else if (status > 299 || steps.some(({ op }) => op === "StepError")) failed.set(job, driver);
        },
        failed() {
          ended();
          failed.set(job, driver);
        },
      };
    },
    inHand: (port) => countByRun([...underWay].filter((call) => call.port === port)),
    toCome: () => underWay.size + failed.size + (Date.now() - lastAt < quietMs ? 1 : 0),
    drivers: () => countByRun([...drivers.values()].filter(({ isOver }) => !isOver)),
  };
}

function countByRun(all: readonly { run: string | undefined }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { run } of all) if (run !== undefined) counts.set(run, (counts.get(run) ?? 0) + 1);
  return counts;
}
