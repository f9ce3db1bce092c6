import type { RunDetail } from "@/core/contracts/run";
import { RelativeTime } from "@/components/ui/relative-time";

/** What was recorded about the run, newest first. */
export function RunEvents({ events }: { events: RunDetail["events"] }) {
  if (events.length === 0) return <p className="text-dense text-ink-2">Nothing recorded yet.</p>;
  return (
    <ol className="flex flex-col">
      {events.toReversed().map((event) => (
        <li key={event.seq} className="flex flex-wrap items-baseline gap-x-3 border-b py-2 text-dense last:border-b-0">
          <span className="w-8 text-right text-label text-ink-3">{event.seq}</span>
          <span className="min-w-0 flex-1 font-medium">{eventWords(event)}</span>
          {event.actor && <span className="text-ink-2">{event.actor.name}</span>}
          <span className="text-ink-3">
            <RelativeTime at={event.at} />
          </span>
        </li>
      ))}
    </ol>
  );
}

/** `step.completed` with its node -> "Step completed: verify". */
function eventWords(event: RunDetail["events"][number]): string {
  const words = event.type.replaceAll(/[._]+/g, " ");
  const about = [event.data.name, event.data.nodeId, event.data.key, event.data.reason].find(
    (value) => typeof value === "string" && value !== "",
  );
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  return typeof about === "string" ? `${sentence}: ${about}` : sentence;
}
