import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** Answers on a public address, but only to the machine's own cloud host. */
const publicLookingButInternal = new Set(["168.63.129.16"]);

/**
 * True only for addresses of the public internet. Anything that is not understood is not public: the guard fails
 * closed. Of IPv6 only 2000::/3 is handed out, so a range that is assigned some day stays refused until then.
 */
export function isPublicAddress(address: string): boolean {
  const bare = address.split("%")[0] ?? "";
  if (isIP(bare) === 0) return false;
  const parsed = ipaddr.process(bare);
  if (parsed.range() !== "unicast") return false;
  if (parsed instanceof ipaddr.IPv6) return ((parsed.parts[0] ?? 0) & 0xe000) === 0x2000;
  return !publicLookingButInternal.has(parsed.toString());
}
