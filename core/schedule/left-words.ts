const minute = 60_000;

/** "2 hours", "1 day and 3 hours", "less than a minute": how long there is left, in its two largest units. */
export function leftWords(ms: number): string {
  const minutes = Math.floor(ms / minute);
  if (minutes < 1) return "less than a minute";
  const parts = [
    [Math.floor(minutes / 1_440), "day"],
    [Math.floor(minutes / 60) % 24, "hour"],
    [minutes % 60, "minute"],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${String(count)} ${unit}${count === 1 ? "" : "s"}`)
    .join(" and ");
}
