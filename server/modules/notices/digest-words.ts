import { mostCounted } from "@/core/contracts/inbox";
import { leftWords } from "@/core/schedule/left-words";
import { oneLine, short } from "./mail-text";

export interface DigestWaiting {
  headline: string;
  workflow: string;
  /** Ms since epoch; null: never due. */
  dueAt: number | null;
  askedAt: number;
  link: string;
}

interface DigestFacts {
  /** How many wait, up to `mostCounted`. */
  count: number;
  /** The most urgent ones. */
  items: readonly DigestWaiting[];
  /** Whose clock the times are told by. */
  zone: string;
  inbox: string;
  settings: string;
  now: number;
}

/** The mail about all that waits for somebody, the most urgent first. */
export function digestWords({ count, items, zone, inbox, settings, now }: DigestFacts): {
  subject: string;
  body: string;
} {
  const many =
    count === 1 ? "One thing waits" : `${count < mostCounted ? String(count) : `${String(count)} or more`} things wait`;
  const late = items.filter(({ dueAt }) => dueAt !== null && dueAt <= now).length;
  const more = count - items.length;
  return {
    subject: short(`${many} for you${late === 0 ? "" : `, ${String(late)} overdue`}`),
    body: [
      `${many} for you in Holdpoint.`,
      ...items.map(
        ({ headline, workflow, dueAt, askedAt, link }) =>
          `${short(oneLine(headline))}\n${short(oneLine(workflow))} · ${dueAt === null ? `asked ${timeWords(askedAt, zone)}` : dueWords(dueAt, zone, now)}\n${link}`,
      ),
      more > 0 ? `And ${String(more)} more: ${inbox}` : `All of it: ${inbox}`,
      `You get this because you chose it. Choose other times, or none: ${settings}`,
    ].join("\n\n"),
  };
}

function dueWords(dueAt: number, zone: string, now: number): string {
  return dueAt <= now
    ? `overdue since ${timeWords(dueAt, zone)}`
    : `due ${timeWords(dueAt, zone)}, ${leftWords(dueAt - now)} left`;
}

/** "Tue 1 Dec, 14:00" by the clock of the reader. */
function timeWords(at: number, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone,
  }).format(at);
}
