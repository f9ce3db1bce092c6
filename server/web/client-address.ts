import type { IncomingMessage } from "node:http";

const header = "x-forwarded-for";

/**
 * Writes the one address that a request comes from into X-Forwarded-For, in place of whatever the client wrote there, before
 * anything else sees the request: limits on tries count by it. Behind proxies of our own (`trustedProxies` of them, each of
 * which adds whom it heard from) it is the entry that the outermost of them added.
 */
export function settleClientAddress(request: IncomingMessage, trustedProxies: number): void {
  const socket = request.socket.remoteAddress ?? "";
  const named = String(request.headers[header] ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  // Fewer entries than proxies: somebody reached this process past them.
  const address = [...named, socket].at(-1 - trustedProxies) ?? socket;
  request.headers[header] = address;
  const kept = request.rawHeaders.flatMap((name, index, all) =>
    index % 2 === 0 && name.toLowerCase() !== header ? [name, all[index + 1] ?? ""] : [],
  );
  request.rawHeaders.splice(0, request.rawHeaders.length, ...kept, header, address);
}
