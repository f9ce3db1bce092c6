import type { IncomingMessage, ServerResponse } from "node:http";
import { isLoopback } from "@/server/inngest-server";

export interface HostCheckOptions {
  /** Addresses at which people, callers or a real Inngest server reach this port. */
  addresses: readonly string[];
  /** What the process listens at. */
  host: string;
  /** More hosts, as `HOLDPOINT_ALLOWED_HOSTS` lists them: `host[:port],…`; without a port, any. */
  allowed: string;
}

/** True when the request may go on; else it has been answered. */
export type HostCheck = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A name, an IPv4 address, or an IPv6 one in brackets; nothing that a URL parser would read more into. */
const hostName = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])$/;
const everywhere = new Set(["0.0.0.0", "::"]);

/**
 * Refuses requests that were meant for another host with 421, before anything else looks at them: a page whose name was made to lead
 * to this machine (DNS rebinding) would otherwise be taken for one of ours.
 */
export function createHostCheck({ addresses, host, allowed }: HostCheckOptions): HostCheck {
  const entries = allowed
    .split(",")
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== "");
  const known = new Set([...addresses.flatMap(spellingsOf), ...entries]);

  function isOurs(named: string, port: number | undefined): boolean {
    const { name, port: namedPort } = split(named);
    if (known.has(named) || entries.includes(name)) return true;
    if (namedPort !== port || !hostName.test(name)) return false;
    return isLoopback(name) || (!everywhere.has(host) && name.replace(/^\[|\]$/g, "") === host.toLowerCase());
  }

  return (request, response) => {
    const names = request.rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === "host");
    const named = (request.headers.host ?? "").toLowerCase();
    // A whole address in the request line would name a host of its own.
    const isPath = (request.url ?? "").startsWith("/");
    if (names.length === 1 && isPath && isOurs(named, request.socket.localPort)) return true;
    const text =
      "This address is not one of this Holdpoint's. Open it at the address it was set up with; if this one is meant to work, an " +
      "administrator can set HOLDPOINT_BASE_URL or add it to HOLDPOINT_ALLOWED_HOSTS.\n";
    response.writeHead(421, {
      "content-type": "text/plain; charset=utf-8",
      "content-length": String(Buffer.byteLength(text)),
      "cache-control": "no-store",
      // Its body stays unread.
      connection: "close",
    });
    response.end(request.method === "HEAD" ? undefined : text);
    return false;
  };
}

/** How a `Host` header may spell the host of an address: with and without the port that its scheme implies. */
function spellingsOf(address: string): string[] {
  const url = new URL(address);
  if (url.port !== "") return [url.host];
  return [url.host, `${url.host}:${url.protocol === "https:" ? "443" : "80"}`];
}

function split(named: string): { name: string; port: number } {
  const match = /^(.*?)(?::(\d{1,5}))?$/.exec(named);
  // An IPv6 address keeps its brackets, so that its last group is not taken for a port.
  if (!match || (named.startsWith("[") && named.endsWith("]"))) return { name: named, port: 80 };
  return { name: match[1] ?? "", port: match[2] === undefined ? 80 : Number(match[2]) };
}
