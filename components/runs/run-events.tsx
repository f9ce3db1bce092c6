"use client";
import { useState } from "react";
import type { RunEventItem } from "@/core/contracts/run";
import { Button } from "@/components/ui/button";
import { useClock } from "@/components/ui/clock";
import { RelativeTime } from "@/components/ui/relative-time";
import { eventWords } from "./event-words";

/** So many are shown, and as many more by one press. */
const shownAtFirst = 60;

/** What was recorded about the run when it happened, newest first. */
export function RunEvents({ events }: { events: RunEventItem[] }) {
  const now = useClock();
  const [shown, setShown] = useState(shownAtFirst);
  if (events.length === 0) return <p className="text-dense text-ink-2">Nothing recorded yet.</p>;
  const first = events[0]?.seq ?? 1;
  return (
    <>
      <ol className="flex flex-col">
        {events
          .slice(-shown)
          .toReversed()
          .map((event) => (
            <li
              key={event.seq}
              data-event={event.type}
              className="grid grid-cols-[2rem_minmax(0,1fr)_auto] items-baseline gap-x-3 border-b py-2 text-dense last:border-b-0"
            >
              <span className="figures text-right text-label text-ink-3">{event.seq}</span>
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <span suppressHydrationWarning className="font-medium">
                  {eventWords(event, now)}
                </span>
                {event.actor && <span className="text-ink-2"> · {event.actor.name}</span>}
              </span>
              <span className="text-ink-3">
                <RelativeTime at={event.at} />
              </span>
            </li>
          ))}
      </ol>
      {events.length > shown && (
        <Button className="mt-2 self-center" onClick={() => setShown(shown + shownAtFirst)}>
          Show {Math.min(shownAtFirst, events.length - shown)} earlier of {events.length}
        </Button>
      )}
      {first > 1 && events.length <= shown && (
        <p className="pt-2 text-dense text-ink-2">
          {first - 1} earlier {first === 2 ? "event is" : "events are"} not shown here.
        </p>
      )}
    </>
  );
}
