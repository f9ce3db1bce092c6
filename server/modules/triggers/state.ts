import type { TriggerResult, TriggerState, TriggersState } from "@/core/contracts/trigger";
import type { Json } from "@/core/json";
import type { Trigger } from "@/core/workflow/document";
import { sameJson } from "@/core/json-guard";
import { keepsSecret, nextTimesOf } from "@/core/workflow/trigger-lookup";
import { needsProof } from "@/core/workflow/webhook-proof";
import { hasScope, requireScope, type UserActor } from "@/server/db/tenant";
import { env } from "@/server/env";
import { memberNames } from "@/server/modules/directory/service";
import { lastCalls, type TriggerCall } from "@/server/modules/webhooks/service";
import {
  existingWithHead,
  findVersion,
  triggerFacts,
  triggerKey,
  type TriggerFacts,
} from "@/server/modules/workflows/service";
import { triggerDefinitions } from "@/triggers/definitions";
import { findDraftTriggers } from "./repository";
import { lastRunsByTrigger, type LastRun } from "./trigger-run-store";

const shownTimes = 5;

/** How each trigger of the draft stands: its address, whether it is live, when it fires and what came of it last. */
export async function triggersState(actor: UserActor, slug: string, now = Date.now()): Promise<TriggersState> {
  requireScope(actor, "workflows:read");
  const { workflow, head } = await existingWithHead(actor, slug);
  const { organizationId } = actor;
  const isWriter = hasScope(actor, "workflows:write");
  const draft = await findDraftTriggers(organizationId, workflow.id);
  const drafted = readTriggers(draft ?? (head.triggers as Json));
  const live =
    workflow.publishedVersion === null || workflow.status === "retired"
      ? null
      : await findVersion(organizationId, workflow.id, workflow.publishedVersion);
  const published = live ? readTriggers(live.triggers as Json) : [];
  const [facts, runs, calls, names] = await Promise.all([
    triggerFacts(organizationId, workflow.id),
    lastRunsByTrigger(organizationId, workflow.id),
    lastCalls(
      organizationId,
      workflow.id,
      drafted.map(({ id }) => id),
    ),
    memberNames(organizationId),
  ]);
  return {
    slug: workflow.slug,
    baseUrl: env().HOLDPOINT_BASE_URL,
    publishedVersion: workflow.publishedVersion,
    // A draft gets a number of its own; without one, publishing makes the newest version live.
    nextVersion: workflow.headVersion + (draft !== null || workflow.headVersion === workflow.publishedVersion ? 1 : 0),
    triggers: drafted.map((trigger) => {
      const before = published.find(({ id, type }) => id === trigger.id && type === trigger.type);
      const own = facts.get(triggerKey(trigger));
      return {
        triggerId: trigger.id,
        type: trigger.type,
        live: before === undefined ? "no" : sameJson(before, trigger) ? "yes" : "changed",
        ...addressFields(isWriter ? own : undefined),
        needsProof: keepsSecret(trigger, triggerDefinitions) && needsProof(trigger, own?.hadSecret ?? false),
        askedSecret: isWriter && own?.asked ? shownAsked(own.asked, actor, names) : null,
        nextTimes: before === undefined ? [] : timesOf(before, own, now),
        ...lastFields(trigger, runs, calls.get(trigger.id), own),
      };
    }),
    leaving: published
      .filter(({ id, type }) => !drafted.some((trigger) => trigger.id === id && trigger.type === type))
      .map(({ id, type, label }) => ({ triggerId: id, type, label: label ?? null })),
  };
}

function shownAsked(
  { by, at, removes }: NonNullable<TriggerFacts["asked"]>,
  actor: UserActor,
  names: ReadonlyMap<string, string>,
): TriggerState["askedSecret"] {
  return { by: names.get(by) ?? "Somebody", byYou: by === actor.userId, at: at.toISOString(), removes };
}

function addressFields(facts: TriggerFacts | undefined): Pick<TriggerState, "url" | "hasSecret"> {
  return { url: facts?.url ?? null, hasSecret: facts?.hasSecret ?? false };
}

/** From the row's own next tick on, which may be overdue for a moment. */
function timesOf(trigger: Trigger, facts: TriggerFacts | undefined, now: number): string[] {
  if (!facts?.nextAt) return [];
  const from = Math.max(facts.nextAt.getTime() - 1, now - 1);
  return nextTimesOf(trigger, from, shownTimes, triggerDefinitions).map((time) => new Date(time).toISOString());
}

function lastFields(
  trigger: Trigger,
  runs: ReadonlyMap<string, LastRun>,
  call: TriggerCall | undefined,
  facts: TriggerFacts | undefined,
): Pick<TriggerState, "lastFiredAt" | "lastResult"> {
  const run = runs.get(trigger.id) ?? runs.get(`type:${trigger.type}`);
  const results: TriggerResult[] = [];
  if (run) results.push({ kind: "started", at: run.createdAt.toISOString(), runId: run.id, status: run.status });
  if (call && call.runId === null && call.status >= 400)
    results.push({
      kind: "refused",
      at: call.createdAt.toISOString(),
      status: call.status,
      message: call.message ?? "",
    });
  const [last] = results.sort((a, b) => b.at.localeCompare(a.at));
  return {
    lastFiredAt: facts?.lastAt?.toISOString() ?? run?.createdAt.toISOString() ?? null,
    lastResult: last ?? null,
  };
}

/** Written only after an import that checked them. */
function readTriggers(triggers: Json): Trigger[] {
  return Array.isArray(triggers) ? (triggers as unknown as Trigger[]) : [];
}
