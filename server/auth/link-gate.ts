import type { Actor } from "@/server/db/tenant";
import { systemActor } from "./actor";

/** Whoever holds the address of a form's page. The address is the proof; the run it leads to names the organization. */
export function formPageActor(organizationId: string, id: string): Actor {
  return { ...systemActor(organizationId), id, name: "Somebody with the form's link", via: "link", auth: "link" };
}

/** Whoever holds the address at which a request is followed. The address is the proof; the run it leads to names the organization. */
export function trackingActor(organizationId: string, runId: string): Actor {
  return { ...systemActor(organizationId), id: runId, name: "Whoever asked for it", via: "link", auth: "link" };
}

/** Another system that holds a one-time callback address. The address is the proof; the waitpoint it leads to names the organization. */
export function callbackActor(organizationId: string, waitpointId: string): Actor {
  return { ...systemActor(organizationId), id: waitpointId, name: "A callback", via: "link", auth: "link" };
}
