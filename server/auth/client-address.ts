/**
 * Where a request comes from, as the web server or the nearest proxy wrote it: the last entry, because a client can put
 * anything in front of it.
 */
export function clientAddress(header: (name: string) => string | null): string {
  const last = header("x-forwarded-for")?.split(",").at(-1)?.trim();
  return last === undefined || last === "" ? "unknown" : last.slice(0, 64);
}
