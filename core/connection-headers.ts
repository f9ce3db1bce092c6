/** Headers that belong to the connection between two machines, not to the message: nobody else sets them. */
const machineHeaders: ReadonlySet<string> = new Set([
  "host",
  "content-length",
  "transfer-encoding",
  "connection",
  "keep-alive",
  "upgrade",
  "expect",
  "te",
  "trailer",
  "proxy-authorization",
  "proxy-connection",
]);

export function isMachineHeader(name: string): boolean {
  return machineHeaders.has(name.toLowerCase());
}
