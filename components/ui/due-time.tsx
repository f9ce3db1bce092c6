import type { CountsBy } from "@/core/contracts/calendar";
import { RelativeTime } from "./relative-time";

/** "due in 3 days", and by which calendar that was counted where only working time does. */
export function DueTime({ at, countsBy }: { at: string; countsBy: CountsBy | null }) {
  return (
    <>
      <RelativeTime ahead at={at} prefix="due " />
      {countsBy !== null && ` (working time: ${countsBy.name}, ${countsBy.zone})`}
    </>
  );
}
