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

/**
 * Drives a run, or one branch of it, with Inngest's steps, one after the other. It decides nothing: every decision is in a turn's memo, and
 * the journal gives the same memo again when it was lost. Step ids come from the plan (`key#attempt`) and from this driver's own counters.
 */
export async function driveRun(
  turns: RunTurns,
  step: StepTools,
  requested: RunRequested,
  driver: Pick<DriverTarget, "driverId" | "isRepeated">,
): Promise<void> {
  const target: DriverTarget = { runId: requested.runId, generation: requested.generation, ...driver };
  let taken = 0;
  let round = 0;

  for (let memo = await start(); ; memo = await follow(memo)) {
    const steps = memo.next.length > 0 || memo.end === "rest" ? 1 : memo.end === "park" ? stepsPerRound : 0;
    if (steps === 0) return;
    if (taken + steps > stepsPerDriver || memo.next.length > 1) {
      const told = memo;
      await step.run({ id: "hand-over" }, () => turns.handOver(target, told, "hand-over"));
      return;
    }
    taken += steps;
  }

  async function follow({ next: [command], end, dueAt, seq }: TurnMemo): Promise<TurnMemo> {
    if (command) {
      const id = `${command.key}#${String(command.attempt)}`;
      return await step.run({ id }, () => turns.effect(target, { ...command, seq }, id));
    }
    if (end === "rest") {
      const id = `rest:${String(seq)}`;
      return await step.run({ id }, () => turns.rest(target, id));
    }
    round += 1;
    return await parked(dueAt);
  }

  async function start(): Promise<TurnMemo> {
    if (requested.told) return requested.told as TurnMemo;
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
  async function parked(dueAt: number | null): Promise<TurnMemo> {
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
