import type { Contender } from "./contender";

type Stop = () => Promise<void> | void;

/** Starts what an engine consists of, part by part; all of it ends with the engine, and also when a later part does not start. */
export async function stoppedTogether(
  start: (onStop: (stop: Stop) => void) => Promise<Omit<Contender, "stop">>,
): Promise<Contender> {
  const stops: Stop[] = [];
  const stop = async (): Promise<void> => {
    for (let last = stops.pop(); last; last = stops.pop()) await last();
  };
  try {
    return { ...(await start((each) => void stops.push(each))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
