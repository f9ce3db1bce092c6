import { env } from "@/server/env";
import { parsePrivateHosts, type PrivateHosts } from "./private-hosts";

/**
 * Private addresses that this instance's calls may reach: those its operator listed and, in demo mode, its own sandbox. Nothing else of
 * the product: a call that it makes to itself would come from a trusted place.
 */
export function reachableHosts(): PrivateHosts {
  const { HOLDPOINT_ALLOW_PRIVATE_HOSTS, HOLDPOINT_DEMO, HOLDPOINT_BASE_URL } = env();
  return parsePrivateHosts(HOLDPOINT_ALLOW_PRIVATE_HOSTS, HOLDPOINT_DEMO ? [`${HOLDPOINT_BASE_URL}/api/sandbox`] : []);
}
