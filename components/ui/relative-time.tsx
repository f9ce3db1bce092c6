"use client";
import { useClock } from "./clock";
import { exactWords, relativeWords } from "./time-words";

/** "2m ago", the exact time in the viewer's zone on hover. `at` is ISO-8601. */
export function RelativeTime({
  at,
  prefix = "",
  past = false,
}: {
  at: string;
  prefix?: string;
  /** It has happened: never "in a moment", although the page's clock lags a little. */
  past?: boolean;
}) {
  const now = useClock();
  const time = Date.parse(at);
  return (
    // The server's clock and zone differ from the browser's; the browser's words win.
    <time dateTime={at} title={exactWords(time)} suppressHydrationWarning className="whitespace-nowrap">
      {prefix}
      {relativeWords(past ? Math.min(time, now) : time, now)}
    </time>
  );
}
