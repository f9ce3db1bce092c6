import type { HoldpointInngest } from "@/inngest/client";
import { eventNames, type TryAllAgain } from "@/inngest/events";
import type { RepairRounds } from "@/server/modules/repairs/service";

/** How long it looks again after, ms; the last one stays. */
const pauses = [500, 1_000, 2_000, 5_000, 15_000, 60_000, 300_000];
/** Looks until it has waited for about a day. */
const mostLooks = 290;

/**
 * Tries the first of the runs that failed alike, waits until it got past its step, and tries the rest then. The round's row says how far
 * it is, so doing a part again changes nothing. `pauseAfter`: replaced in tests.
 */
export function createTryAllAgainFunction(
  client: HoldpointInngest,
  rounds: RepairRounds,
  pauseAfter = (looks: number): number => pauses[Math.min(looks, pauses.length - 1)] ?? 0,
) {
  return client.createFunction(
    {
      id: "try-all-again",
      name: "Try all again that failed alike",
      retries: 20,
      triggers: [{ event: eventNames.tryAllAgain }],
    },
    async ({ event, step }) => {
      const { roundId } = event.data as TryAllAgain;
      for (let looks = 0; ; looks += 1) {
        const { state, next } = await step.run(`look:${String(looks)}`, () => rounds.next(roundId, looks >= mostLooks));
        if (state !== "first" && state !== "rest") return { state };
        for (const position of next) await step.run(`try:${String(position)}`, () => rounds.tryOne(roundId, position));
        await step.sleep(`pause:${String(looks)}`, pauseAfter(looks));
      }
    },
  );
}
