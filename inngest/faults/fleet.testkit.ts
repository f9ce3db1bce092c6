import type { Pool } from "pg";
import { inngestServer } from "@/inngest/runtime/patience.testkit";
import { bundleEntry } from "./bundle.testkit";
import { createChildren, type Child, type Children } from "./children.testkit";
import { embeddedWorkers } from "./embedded-workers.testkit";
import { servedWorkers } from "./served-workers.testkit";

export interface Worker extends Child {
  /** Resolves when it is seen that the worker does nothing. */
  isMissed(): Promise<void>;
  /** Resolves when it is seen that a worker that was missed is there again. */
  isBack(): Promise<void>;
  /** Calls of the functions that it is at, by run. */
  inHand(): Promise<ReadonlyMap<string, number>>;
}

/** What differs between workers that call the functions themselves and those that a real Inngest server calls. */
export interface WorkerKind {
  start(children: Children, file: string, environment: Record<string, string>): Promise<Worker>;
  /** How many workers are known to be at work. */
  alive(): Promise<number>;
  /** Calls of the functions that are under way or still to come. */
  toCome(): Promise<number>;
  /** Drivers that have not come to their end, by run. */
  drivers(): Promise<ReadonlyMap<string, number>>;
  /** What is known of the workers, for whoever reads why a check failed. */
  story(): Promise<object[]>;
  /** After the last worker has ended. */
  close(): Promise<void>;
}

export interface Fleet
  extends Pick<Children, "crashes" | "ended" | "close">, Pick<WorkerKind, "alive" | "toCome" | "drivers" | "story"> {
  /** Resolves when the worker has said that it is there. */
  start(): Promise<Worker>;
}

/** Real worker processes, all with the same settings. */
export async function createFleet(
  { url, pool }: { url: string; pool: Pool },
  environment: Record<string, string> = {},
): Promise<Fleet> {
  const [bundle, kind] = await Promise.all([
    bundleEntry("inngest/worker.ts"),
    inngestServer === undefined ? embeddedWorkers(pool) : servedWorkers(pool),
  ]);
  const children = createChildren("worker", url);
  return {
    ...kind,
    crashes: children.crashes,
    ended: children.ended,
    start: () => kind.start(children, bundle.file, environment),
    async close() {
      await children.close();
      await kind.close();
      bundle.remove();
    },
  };
}
