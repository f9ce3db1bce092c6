import type { TrackedRequest } from "@/core/contracts/request";
import { liveKinds } from "@/core/contracts/live";
import { AppError } from "@/core/errors";
import { isClosed } from "@/server/auth/demo-organizations";
import { trackingActor } from "@/server/auth/link-gate";
import { seenFrom, type Actor } from "@/server/db/tenant";
import { getOrganization } from "@/server/modules/organizations/service";
import { masksOfRuns, newsKeyOf, noMask, runOfNewsKey, runOfTracking } from "@/server/modules/runs/service";
import { nudgeRun, withdrawFor } from "./acts";
import { newsOf, type News } from "./news";
import { progressOf } from "./progress-of";
import { findTrackedRun, listDecided, listForms, requestFacts, type RequestRun } from "./repository";
import { wordsOf } from "./standing";

/** A link shows its request for so long after it is over. */
const linkDays = 90;
const dayMs = 24 * 60 * 60_000;
const shownPastForms = 20;

interface Tracked {
  run: RequestRun;
  actor: Actor;
  isExpired: boolean;
}

/** What the page of a request shows to whoever has its address. The address is the proof; looking changes nothing. */
export async function readTracking(token: string): Promise<TrackedRequest> {
  const { run, actor, isExpired } = await tracked(runOfTracking(token));
  const { organizationId } = actor;
  const organization = (await getOrganization(actor)).name;
  if (isExpired) return { organization, state: "expired" };
  const [requests, past, decided, masks] = await Promise.all([
    requestFacts(organizationId, [run]),
    listForms(organizationId, [run.id], shownPastForms, true),
    listDecided(organizationId, [run.id]),
    masksOfRuns(organizationId, [run.id]),
  ]);
  const [request] = await progressOf(organizationId, requests, past);
  if (!request) throw unknownLink();
  const words = wordsOf(decided, masks.get(run.id) ?? noMask, false);
  return { organization, state: "shown", request, words, newsKey: newsKeyOf(run.id) };
}

/** Whoever asked for it wants to know how it stands: those who are asked are reminded, at most once in some hours. */
export async function nudgeTracked(token: string): Promise<void> {
  const { run, actor } = await toAct(token);
  await nudgeRun(actor.organizationId, run.id);
}

/** They do not want it any more. `from`: the address that it came from. */
export async function withdrawTracked(
  token: string,
  { reason, from }: { reason?: string | undefined; from?: string | undefined },
): Promise<void> {
  const { run, actor } = await toAct(token);
  await withdrawFor(seenFrom(actor, from ?? null), run.id, { by: "requester", reason });
}

/** Says that something about the request of this key changed, never what; the page then asks for what it shows. */
export async function* trackingNews(newsKey: string, signal: AbortSignal | undefined): AsyncGenerator<News> {
  const { run, actor, isExpired } = await tracked(runOfNewsKey(newsKey));
  if (isExpired) throw unknownLink();
  const everything: readonly string[] = [liveKinds.everything, liveKinds.runs];
  yield* newsOf(
    {
      holder: `request ${run.id}`,
      organizationId: actor.organizationId,
      isOurs: ({ runIds, kinds }) => runIds.includes(run.id) || kinds.some((kind) => everything.includes(kind)),
    },
    signal,
  );
}

async function toAct(token: string): Promise<Tracked> {
  const found = await tracked(runOfTracking(token));
  if (found.isExpired) throw new AppError("conflict", "This link has expired. Ask us for news of your request.");
  return found;
}

async function tracked(runId: string | null): Promise<Tracked> {
  const row = runId === null ? null : await findTrackedRun(runId);
  if (row === null || isClosed(row.organizationId)) throw unknownLink();
  const { organizationId, ...run } = row;
  const isExpired = run.endedAt !== null && run.endedAt.getTime() + linkDays * dayMs < Date.now();
  return { run, actor: trackingActor(organizationId, run.id), isExpired };
}

function unknownLink(): AppError {
  return new AppError("not_found", "This link does not open a request. Check that it is complete, or ask us for news.");
}
