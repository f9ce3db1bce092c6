import { hasScope, type Actor } from "@/server/db/tenant";
import { env } from "@/server/env";
import { directoryFacts } from "@/server/modules/directory/service";
import { readRunToken, runToken } from "@/server/step-token";
import { findTrigger } from "@/triggers/definitions";
import type { RunDetailRow } from "./repository";
import { visibleRun } from "./visible-run";

/** Where whoever asked for a run from outside follows it, asks how it stands, and withdraws it. */
export function trackingUrl(runId: string): string {
  return `${env().HOLDPOINT_BASE_URL}/r/${runToken(env().NEXTAUTH_SECRET, "tracking", runId)}`;
}

/** The run behind a token of such an address; null for everything else. */
export function runOfTracking(token: string): string | null {
  return readRunToken(env().NEXTAUTH_SECRET, "tracking", token);
}

/** With what a page asks for news of its run: it opens nothing. */
export function newsKeyOf(runId: string): string {
  return runToken(env().NEXTAUTH_SECRET, "news", runId);
}

export function runOfNewsKey(key: string): string | null {
  return readRunToken(env().NEXTAUTH_SECRET, "news", key);
}

/**
 * The tracking address of a run that somebody outside asked for, to be sent to them; null for other runs, and for whoever may not act for
 * them: who has it can withdraw the request, so it takes the right to control runs, or having begun this one.
 */
export async function trackingAddress(actor: Actor, idText: string): Promise<string | null> {
  const run = await visibleRun(actor, idText);
  const isTheirs = actor.userId !== null && run.initiatedBy === actor.userId;
  if (run.test || !(isTheirs || hasScope(actor, "runs:control"))) return null;
  return (await isFromOutside(actor, run)) ? trackingUrl(run.id) : null;
}

async function isFromOutside(
  { organizationId }: Actor,
  { contactId, requestedBy, initiatedBy, triggerType }: RunDetailRow,
): Promise<boolean> {
  if (contactId !== null) return true;
  if (requestedBy !== null) {
    const { members } = await directoryFacts(organizationId);
    return !members.some(({ email }) => email.toLowerCase() === requestedBy.toLowerCase());
  }
  const trigger = findTrigger(triggerType);
  // A page that anybody may fill in, also without an address.
  return initiatedBy === null && trigger?.isRequestable === true && !trigger.startedByMembers;
}
