import { existsSync } from "node:fs";
import { join } from "node:path";
import { Piscina } from "piscina";
import { AppError } from "@/core/errors";
import { withinSchemaBudget } from "@/core/schema/schema-budget";
import { chargeDocumentWork, requireDocumentWork } from "@/server/http/allowances";
import { logger } from "@/server/logger";
import { processWide } from "@/server/process-wide";
import type { Performed } from "./entry";
import { isSmall } from "./is-small";
import { perform, type TaskInput, type TaskName, type TaskResult } from "./tasks";

interface Apart {
  threads: Piscina;
  turns: Map<string, Turns>;
}

interface Turns {
  last: Promise<unknown>;
  waiting: number;
}

export const apart = processWide<Apart>("apart");

/** Of checking against schemas: a small document that asks for more is none that anybody meant. */
const smallSteps = 20_000;
/** Far above what the largest admissible document takes on a busy machine. */
const limitMs = 20_000;
/** Of one organization; whoever comes then is asked to come again. */
const mostWaiting = 20;
/** What runs depend on is done whatever it costs; how many may start has a limit of its own. */
const tasksOfRuns: ReadonlySet<TaskName> = new Set(["startInput", "misfits", "strangeFields", "formAnswers"]);

/**
 * Pure work on what an organization sent, away from the thread that answers everybody. Small things are done at once; the rest
 * goes to a thread of low priority, one task of an organization after the other, and is ended when it takes too long.
 */
export async function workApart<Name extends TaskName>(
  organizationId: string,
  name: Name,
  input: TaskInput<Name>,
): Promise<TaskResult<Name>> {
  if (isSmall(input)) return withinSchemaBudget(() => perform(name, input), smallSteps);
  const { threads, turns } = opened();
  const ofRun = tasksOfRuns.has(name);
  if (!ofRun) requireDocumentWork(organizationId);
  return inTurn(turns, organizationId, async () => {
    const begun = performance.now();
    try {
      const task = { name, input: JSON.stringify(input) };
      const done = (await threads.run(task, { signal: AbortSignal.timeout(limitMs) })) as Performed;
      if (!ofRun) chargeDocumentWork(organizationId, done.milliseconds);
      // The thread answers what the task of that name answers.
      return JSON.parse(done.result) as TaskResult<Name>;
    } catch (error) {
      if (!ofRun) chargeDocumentWork(organizationId, performance.now() - begun);
      if (error instanceof Error && (error.name === "AbortError" || /memory|terminated/i.test(error.message)))
        throw new AppError(
          "payload_too_large",
          "This workflow takes too long to be read and checked. Make it smaller, or split it into several workflows.",
        );
      throw error;
    }
  });
}

async function inTurn<T>(turns: Map<string, Turns>, organizationId: string, work: () => Promise<T>): Promise<T> {
  const mine = turns.get(organizationId) ?? { last: Promise.resolve(), waiting: 0 };
  if (mine.waiting >= mostWaiting)
    throw new AppError(
      "rate_limited",
      "Many large workflows of your organization are being checked at this moment. Try again in a few seconds.",
    );
  turns.set(organizationId, mine);
  mine.waiting += 1;
  const result = mine.last.then(work);
  mine.last = result.catch(() => undefined);
  try {
    return await result;
  } finally {
    mine.waiting -= 1;
    if (mine.waiting === 0) turns.delete(organizationId);
  }
}

function opened(): Apart {
  apart.value ??= { threads: openThreads(), turns: new Map() };
  return apart.value;
}

function openThreads(): Piscina {
  const bundle = join(process.cwd(), "build", "apart.mjs");
  const isBuilt = process.env.NODE_ENV === "production" && existsSync(bundle);
  const threads = new Piscina({
    filename: isBuilt ? bundle : join(process.cwd(), "server", "apart", "entry.ts"),
    ...(isBuilt ? {} : { execArgv: ["--import", "tsx"] }),
    name: "run",
    minThreads: 0,
    maxThreads: 2,
    idleTimeout: 60_000,
    // The thread that answers goes first.
    niceIncrement: 10,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  // One that breaks between two tasks is replaced; unheard, its error would end the process.
  threads.on("error", (error: unknown) => {
    logger().error({ err: error }, "a thread for large documents broke");
  });
  return threads;
}
