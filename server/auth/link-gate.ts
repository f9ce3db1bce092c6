import type { Actor } from "@/server/db/tenant";
import { systemActor } from "./actor";

/** Another system that holds a one-time callback address. The address is the proof; the waitpoint it leads to names the organization. */
export function callbackActor(organizationId: string, waitpointId: string): Actor {
  return { ...systemActor(organizationId), id: waitpointId, name: "A callback", via: "link", auth: "link" };
}
