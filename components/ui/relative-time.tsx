"use client";
import { useClock } from "./clock";
import { exactWords, relativeWords } from "./time-words";

/** "2m ago", the exact time in the viewer's zone on hover. `at` is ISO-8601. */
export function RelativeTime({
  at,
  prefix = "",
  ahead = false,
}: {
  at: string;
  prefix?: string;
  /** It may lie in the future. Everything else has happened, and never reads "in a moment" because the page's clock lags. */
  ahead?: boolean;
}) {
  const now = useClock();
  const time = Date.parse(at);
  return (
    // The server's clock and zone differ from the browser's; the browser's words win.
    <time dateTime={at} title={exactWords(time)} suppressHydrationWarning className="whitespace-nowrap">
      {prefix}
      {relativeWords(ahead ? time : Math.min(time, now), now)}
    </time>
  );
}
