import { lookup as dnsLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { Agent, buildConnector } from "undici";
import { isPublicAddress } from "./address-guard";
import type { PrivateHosts } from "./private-hosts";

/** Raised instead of opening a socket. */
export class RefusedAddressError extends Error {
  override readonly name = "RefusedAddressError";
  constructor(readonly hostname: string) {
    super(`The address of ${hostname} is private or reserved.`);
  }
}

export interface GuardedAgentOptions {
  privateHosts: PrivateHosts;
  /** Injectable for tests of rebinding. */
  lookup?: LookupFunction;
  connectTimeoutMs?: number;
}

/**
 * An undici agent that opens sockets to public addresses only. Names are checked inside the socket's own lookup, so the
 * addresses that were checked are the ones connected to; one private address among many refuses the name as a whole.
 */
export function createGuardedAgent({
  privateHosts,
  lookup = systemLookup,
  connectTimeoutMs = 10_000,
}: GuardedAgentOptions): Agent {
  const connectFreely = buildConnector({ timeout: connectTimeoutMs, lookup });
  const connectGuarded = buildConnector({ timeout: connectTimeoutMs, lookup: guardLookup(lookup) });
  const connect: buildConnector.connector = (options, callback) => {
    const { hostname } = options;
    const port = options.port ? Number(options.port) : options.protocol === "https:" ? 443 : 80;
    if (privateHosts.allows(hostname, port)) {
      connectFreely(options, callback);
      return;
    }
    // A literal address never reaches the lookup, so it is checked here.
    if (isIP(hostname) !== 0 && !isPublicAddress(hostname)) {
      callback(new RefusedAddressError(hostname), null);
      return;
    }
    connectGuarded(options, callback);
  };
  // Time limits are per request and end-to-end (see http-client), so the agent's own are off.
  return new Agent({ connect, headersTimeout: 0, bodyTimeout: 0, connections: 256 });
}

function guardLookup(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) {
        callback(error, "", 0);
        return;
      }
      const addresses = Array.isArray(found) ? found : [];
      const first = addresses[0];
      if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
        callback(new RefusedAddressError(hostname), "", 0);
        return;
      }
      if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

const systemLookup: LookupFunction = (hostname, options, callback) => {
  dnsLookup(hostname, options, callback);
};
