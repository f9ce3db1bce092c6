/** Hosts that outbound calls may reach although their address is private. */
export interface PrivateHosts {
  allows(hostname: string, port: number): boolean;
  /** False for what lies outside the part of a host that is fine; a host that is fine as a whole, or public, has no such part. */
  reaches(url: URL): boolean;
}

const entryPattern = /^(\[[0-9a-f:.]+\]|[^\s:/@[\]]+)(?::(\d{1,5}))?$/i;

/**
 * Reads `HOLDPOINT_ALLOW_PRIVATE_HOSTS` (`localhost,127.0.0.1:8080,[::1]:9000`; no port means every port), plus addresses
 * that are always fine, such as the demo's own sandbox: with a path, what lies below it and nothing else of that host. Throws
 * with a sentence on an entry that cannot be read.
 */
export function parsePrivateHosts(list: string | readonly string[], addresses: readonly string[] = []): PrivateHosts {
  const allowed = new Set<string>();
  const entries = typeof list === "string" ? list.split(",") : list;
  for (const entry of entries.map((part) => part.trim()).filter((part) => part !== "")) {
    const match = entryPattern.exec(entry);
    const port = match?.[2];
    if (!match?.[1] || (port !== undefined && (Number(port) < 1 || Number(port) > 65535))) {
      throw new Error(
        `HOLDPOINT_ALLOW_PRIVATE_HOSTS: "${entry}" is not a host or host:port. Use for example "localhost,10.0.0.5:8080".`,
      );
    }
    allowed.add(`${hostKey(match[1])} ${port ?? "*"}`);
  }
  const isListed = (hostname: string, port: number): boolean => {
    const host = hostKey(hostname);
    return allowed.has(`${host} *`) || allowed.has(`${host} ${String(port)}`);
  };
  const parts = addresses.map((address) => new URL(address));
  const partsAt = (hostname: string, port: number): URL[] =>
    parts.filter((part) => hostKey(part.hostname) === hostKey(hostname) && portOf(part) === port);
  return {
    allows: (hostname, port) => isListed(hostname, port) || partsAt(hostname, port).length > 0,
    reaches: (url) => {
      const own = partsAt(url.hostname, portOf(url));
      return (
        own.length === 0 ||
        isListed(url.hostname, portOf(url)) ||
        own.some(({ pathname }) => url.pathname.startsWith(pathname.replace(/\/*$/, "/")))
      );
    },
  };
}

export function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
}

/** One spelling per host: lower case, no brackets, no trailing dot. */
function hostKey(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
}
