import { isIP } from "node:net";
import { isPublicAddress } from "./address-guard";
import { checkUrl } from "./check-url";
import { portOf } from "./private-hosts";
import { reachableHosts } from "./reachable-hosts";

/** Names that are this machine's or this network's whatever a name server says. */
const insideNames = /^localhost$|\.(?:localhost|local|internal|lan|home\.arpa)$/;

/**
 * Why nothing can ever be sent to this address, or null. The same rules as when it is called, as far as they can be told without
 * asking a name server: what a name leads to is checked with each call.
 */
export function urlProblem(text: string): string | null {
  const checked = checkUrl(text);
  if (!checked.ok) return checked.message;
  const { url } = checked;
  const hosts = reachableHosts();
  if (hosts.allows(url.hostname, portOf(url)) && hosts.reaches(url)) return null;
  const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const isInside = isIP(host) === 0 ? insideNames.test(host) : !isPublicAddress(host);
  return isInside
    ? `${url.hostname} is a private or reserved address, so nothing would be sent. Give a public one; if it is meant to be reached, an administrator can add it to HOLDPOINT_ALLOW_PRIVATE_HOSTS.`
    : null;
}
