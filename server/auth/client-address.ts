/** Where a request comes from, as the web server wrote it (server/web/client-address.ts). */
export function clientAddress(header: (name: string) => string | null): string {
  const last = header("x-forwarded-for")?.split(",").at(-1)?.trim();
  return last === undefined || last === "" ? "unknown" : last.slice(0, 64);
}
