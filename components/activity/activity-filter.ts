/** What of the activity is shown, as the address keeps it. Empty: all. */
export interface ActivityChoice {
  action: string;
  person: string;
  kind: string;
  q: string;
  range: RangeName;
  /** Days in the viewer's own zone, of the range `days`; both count. */
  from: string;
  to: string;
}

const hour = 3_600_000;
const day = 24 * hour;

/** Quick choices of a time range. */
export const ranges = {
  "": { label: "Any time", ms: null },
  "1h": { label: "Last hour", ms: hour },
  "24h": { label: "Last 24 hours", ms: day },
  "7d": { label: "Last 7 days", ms: 7 * day },
  "30d": { label: "Last 30 days", ms: 30 * day },
  "90d": { label: "Last 90 days", ms: 90 * day },
  days: { label: "From day to day", ms: null },
} as const;
export type RangeName = keyof typeof ranges;

export function readChoice(query: Pick<URLSearchParams, "get">): ActivityChoice {
  const range = query.get("range") ?? "";
  return {
    action: query.get("action") ?? "",
    person: query.get("person") ?? "",
    kind: query.get("kind") ?? "",
    q: query.get("q") ?? "",
    range: isRange(range) ? range : "",
    from: readDay(query.get("from")),
    to: readDay(query.get("to")),
  };
}

/** The address of this choice. */
export function choiceAddress(choice: ActivityChoice): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(choice)) if (value !== "") params.set(name, String(value));
  return params.size === 0 ? "/activity" : `/activity?${params.toString()}`;
}

/** What the server is asked for. `now`: from when quick choices count back, ms. */
export function queryOf(choice: ActivityChoice, now: number) {
  const { since, until } = boundsOf(choice, now);
  return {
    ...(choice.action !== "" && { action: choice.action }),
    ...(choice.person !== "" && { person: choice.person }),
    ...(choice.kind !== "" && { subjectType: choice.kind }),
    ...(choice.q !== "" && { search: choice.q }),
    ...(since !== null && { since }),
    ...(until !== null && { until }),
  };
}

/** The times that a choice means, ISO-8601; the end is the first moment that does not belong to it. */
export function boundsOf(
  { range, from, to }: Pick<ActivityChoice, "range" | "from" | "to">,
  now: number,
): { since: string | null; until: string | null } {
  const { ms } = ranges[range];
  if (ms !== null) return { since: new Date(now - ms).toISOString(), until: null };
  if (range !== "days") return { since: null, until: null };
  return { since: startOf(from, 0), until: startOf(to, 1) };
}

/** The beginning of a day, or of the one after, in the viewer's zone. */
function startOf(text: string, later: 0 | 1): string | null {
  if (text === "") return null;
  const [year = 0, month = 1, date = 1] = text.split("-").map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

function readDay(text: string | null): string {
  return text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : "";
}

function isRange(text: string): text is RangeName {
  return Object.hasOwn(ranges, text);
}
