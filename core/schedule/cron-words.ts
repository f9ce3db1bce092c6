const dayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
const monthNames = "January February March April May June July August September October November December".split(" ");

/** A cron expression of five fields as people say it: "Every weekday at 09:00". What has no plain words stays cron. */
export function cronWords(cron: string): string {
  const [minute, hour, day, month, weekday, ...more] = cron.trim().split(/\s+/);
  if (weekday === undefined || minute === undefined || hour === undefined || more.length > 0) return cron;
  const days = dayWords(day ?? "*", month ?? "*", weekday);
  const time = timeWords(minute, hour);
  if (days === null || time === null) return `On the schedule ${cron.trim()}`;
  if (time.kind === "at") return capital(`${days === "" ? "every day" : days} at ${time.text}`);
  return capital(days === "" ? time.text : `${time.text}, ${days}`);
}

function timeWords(minute: string, hour: string): { kind: "at" | "every"; text: string } | null {
  const everyMinutes = step(minute);
  if (everyMinutes !== null && hour === "*")
    return { kind: "every", text: everyMinutes === 1 ? "every minute" : `every ${everyMinutes} minutes` };
  if (!isNumber(minute, 59)) return null;
  const past = Number(minute) === 0 ? "" : ` at ${minute} minutes past`;
  const everyHours = step(hour);
  if (everyHours !== null)
    return { kind: "every", text: everyHours === 1 ? `every hour${past}` : `every ${everyHours} hours${past}` };
  const hours = hour.split(",");
  if (!hours.every((each) => isNumber(each, 23))) return null;
  return { kind: "at", text: list(hours.map((each) => `${each.padStart(2, "0")}:${minute.padStart(2, "0")}`)) };
}

/** Empty for every day; null when there are no plain words. */
function dayWords(day: string, month: string, weekday: string): string | null {
  const months = month === "*" ? "" : numbers(month, 12)?.map((each) => monthNames[each - 1] ?? "");
  if (months === undefined) return null;
  const inMonths = months === "" ? "" : ` of ${list(months)}`;
  if (day === "*" && (weekday === "*" || weekday === "?")) return months === "" ? "" : `every day${inMonths}`;
  if (weekday === "*" || weekday === "?") {
    if (day === "L") return `on the last day${months === "" ? " of the month" : inMonths}`;
    const days = numbers(day, 31);
    return days === undefined || days.includes(0)
      ? null
      : `on the ${list(days.map(ordinal))}${months === "" ? " of the month" : inMonths}`;
  }
  if (day !== "*") return null;
  const named = weekdayWords(weekday);
  return named === null ? null : `${named}${months === "" ? "" : ` in ${list(months)}`}`;
}

function weekdayWords(weekday: string): string | null {
  const words = weekday.toUpperCase().replace(/[A-Z]{3}/g, (name) => String(shortDays.indexOf(name)));
  if (words === "1-5") return "every weekday";
  const days = numbers(words, 7)?.map((each) => each % 7);
  if (days === undefined) return null;
  if (days.length === 2 && days.includes(0) && days.includes(6)) return "every Saturday and Sunday";
  return `every ${list(days.map((each) => dayNames[each] ?? ""))}`;
}

const shortDays = dayNames.map((name) => name.slice(0, 3).toUpperCase());

/** How often a field that starts with a star comes round: 1 for the star alone. */
function step(field: string): number | null {
  if (field === "*") return 1;
  const match = /^\*\/(\d+)$/.exec(field);
  return match === null ? null : Number(match[1]);
}

/** Single numbers and ranges; undefined for anything else. */
function numbers(field: string, most: number): number[] | undefined {
  const found: number[] = [];
  for (const part of field.split(",")) {
    const [from, to = from, ...more] = part.split("-");
    if (from === undefined || to === undefined || more.length > 0) return undefined;
    if (!isNumber(from, most) || !isNumber(to, most) || Number(to) < Number(from)) return undefined;
    for (let each = Number(from); each <= Number(to); each += 1) found.push(each);
  }
  return found;
}

function isNumber(text: string, most: number): boolean {
  return /^\d{1,2}$/.test(text) && Number(text) <= most;
}

function ordinal(day: number): string {
  const ending = day % 100 >= 11 && day % 100 <= 13 ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th");
  return `${day}${ending}`;
}

function list(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
