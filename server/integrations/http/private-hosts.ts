/** Hosts that outbound calls may reach although their address is private. */
export interface PrivateHosts {
  allows(hostname: string, port: number): boolean;
}

const entryPattern = /^(\[[0-9a-f:.]+\]|[^\s:/@[\]]+)(?::(\d{1,5}))?$/i;

/**
 * Reads `HOLDPOINT_ALLOW_PRIVATE_HOSTS` (`localhost,127.0.0.1:8080,[::1]:9000`; no port means every port), plus origins
 * that are always fine, such as the demo's own sandbox. Throws with a sentence on an entry that cannot be read.
 */
export function parsePrivateHosts(list: string | readonly string[], origins: readonly string[] = []): PrivateHosts {
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
  for (const origin of origins) {
    const url = new URL(origin);
    allowed.add(`${hostKey(url.hostname)} ${String(portOf(url))}`);
  }
  return {
    allows: (hostname, port) => {
      const host = hostKey(hostname);
      return allowed.has(`${host} *`) || allowed.has(`${host} ${String(port)}`);
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
