const form =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:(Z)|([+-])(\d{2}):?(\d{2})?)?)?$/i;

/**
 * A point in time from ISO-8601 text, in ms since epoch; null when it is none. The one reader of times in expressions and
 * settings: a day without a time is its beginning, without a zone it is UTC, and a day that no calendar has
 * (`2027-02-30`) is no time instead of another day.
 */
export function parseInstant(text: string): number | null {
  // Groups that did not take part are undefined, which the library's type leaves out.
  const found: readonly (string | undefined)[] | null = form.exec(text.trim());
  if (!found) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((part) => Number(part ?? "0"));
  const [fraction = "", , sign, zoneHour = "0", zoneMinute = "0"] = found.slice(7);
  if (year === undefined || month === undefined || day === undefined) return null;
  if ((hour ?? 0) > 23 || (minute ?? 0) > 59 || (second ?? 0) > 59) return null;
  if (Number(zoneHour) > 18 || Number(zoneMinute) > 59) return null;
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  if (at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return null;
  at.setUTCHours(hour ?? 0, minute, second, Math.floor(Number(`0.${fraction || "0"}`) * 1000));
  const offset = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000;
  return at.getTime() - (sign === "-" ? -offset : offset);
}
