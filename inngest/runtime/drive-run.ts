import type { GetStepTools, Inngest } from "inngest";
import { eventNames, type RunRequested } from "@/inngest/events";
import type { TurnMemo } from "./commit-turn";
import type { DriverTarget } from "./locked-turns";
import type { RunTurns } from "./run-turns";

type StepTools = GetStepTools<Inngest.Any>;

/** After so many durable steps a driver hands over to a fresh one. Executors allow one function run 1,000 of them. */
const stepsPerDriver = 300;
/** A round of waiting is three durable steps: the wait, the step that publishes it, and the look at what came. */
const stepsPerRound = 3;

type End = "finished" | "park" | "idle" | "stopped" | "aside";

/**
 * Drives a run with Inngest's steps. It decides nothing: every decision is in a turn's memo, and the journal gives the same
 * memo again when it was lost. Step ids come from the plan (`key#attempt`) and from this driver's own counters.
 */
export async function driveRun(
  turns: RunTurns,
  step: StepTools,
  requested: RunRequested,
  driverId: string,
): Promise<void> {
  const target: DriverTarget = { runId: requested.runId, generation: requested.generation, driverId };
  let taken = 0;
  let dueAt: number | null = null;

  async function one(command: TurnMemo["next"][number], seq: number, parallel: boolean): Promise<End> {
    taken += 1;
    const id = `${command.key}#${String(command.attempt)}`;
    // Race mode: a branch's next step does not wait for another branch's slow one.
    const memo = await step.run(parallel ? { id, parallelMode: "race" as const } : { id }, () =>
      turns.effect(target, { ...command, seq }, id),
    );
    return follow(memo, parallel);
  }

  async function follow({ next, end, seq, ...memo }: TurnMemo, parallel: boolean): Promise<End> {
    const [only] = next;
    if (end === "park") dueAt = memo.dueAt;
    if (end === "rest") return rest(seq, parallel);
    if (!only) return end ?? "idle";
    if (taken >= stepsPerDriver) return "aside";
    if (next.length === 1) return one(only, seq, parallel);
    // More branches than a driver may take go to the next driver, which finds them outstanding.
    const ends = await Promise.all(next.slice(0, stepsPerDriver).map((command) => one(command, seq, true)));
    return foremost(next.length > stepsPerDriver ? [...ends, "aside"] : ends);
  }

  async function rest(seq: number, parallel: boolean): Promise<End> {
    if (taken >= stepsPerDriver) return "aside";
    taken += 1;
    const id = `rest:${String(seq)}`;
    const memo = await step.run(parallel ? { id, parallelMode: "race" as const } : { id }, () =>
      turns.rest(target, id),
    );
    return follow(memo, parallel);
  }

  let memo = await start();
  for (let round = 1; ; round += 1) {
    const end = await follow(memo, false);
    if (end === "aside" || (end === "park" && taken + stepsPerRound > stepsPerDriver)) {
      await step.run({ id: "hand-over" }, () => turns.handOver(target, "hand-over"));
      return;
    }
    if (end !== "park") return;
    memo = await parked(round);
  }

  async function start(): Promise<TurnMemo> {
    if (requested.lane !== undefined) {
      const id = `lane:${requested.lane}`;
      return await step.run({ id }, () => turns.read(target, { id, turn: 0 }));
    }
    if (requested.first)
      return {
        next: [{ key: requested.first, nodeId: requested.first, iteration: "", attempt: 1 }],
        end: null,
        dueAt: null,
        seq: 0,
      };
    return await step.run({ id: "begin" }, () => turns.begin(target, { id: "begin", turn: 0 }));
  }

  /**
   * One wait for the whole run, whatever it waits for. The wait and the step that publishes it stand in one batch, so that
   * a wake-up can never arrive before its wait is registered.
   */
  async function parked(round: number): Promise<TurnMemo> {
    taken += stepsPerRound;
    const [park, wait, read] = [`park:${String(round)}`, `wake:${String(round)}`, `read:${String(round)}`];
    await Promise.all([
      step.waitForEvent(wait, {
        event: eventNames.runWake,
        match: "data.runId",
        timeout: dueAt === null ? "365d" : new Date(dueAt),
      }),
      step.run({ id: park }, () => turns.park(target, { id: park, turn: round })),
    ]);
    return await step.run({ id: read }, () => turns.read(target, { id: read, turn: round }));
  }
}

const order: readonly End[] = ["finished", "stopped", "aside", "park"];

/** Branches end together in the strongest of their ends. */
function foremost(ends: readonly End[]): End {
  return order.find((end) => ends.includes(end)) ?? "idle";
}
