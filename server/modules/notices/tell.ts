import type { PeopleAsked } from "@/inngest/events";
import { systemActor } from "@/server/auth/actor";
import { env } from "@/server/env";
import { nameRefs } from "@/server/modules/directory/service";
import { plainCard } from "@/server/modules/inbox/service";
import { mailWords } from "./mail-words";
import { outsideWords } from "./outside-words";
import { findEarlier, findOrganizationName, putNotices } from "./store";

/** Tells those who are asked of what waits for them: in the bell, and by e-mail as each wants it. Gives how many were told. */
export async function tellPeople({
  waitpointId,
  organizationId: text,
  reason,
  stage,
  before = [],
  from = [],
}: PeopleAsked): Promise<number> {
  const { organizationId } = systemActor(text);
  const card = await plainCard(organizationId, waitpointId);
  if (card === null || card.kind === "failed" || !openStates.has(card.status)) return 0;
  const earlier = await findEarlier(organizationId, waitpointId);
  const names = await nameRefs(organizationId, earlier.before);
  const cameFrom = reason === "escalated" ? earlier.before.map((ref) => names.get(ref) ?? ref) : from;
  const base = env().HOLDPOINT_BASE_URL.replace(/\/$/, "");
  return putNotices(organizationId, waitpointId, {
    reason,
    stage,
    before,
    headline: card.headline,
    cameFrom,
    ...mailWords({
      kind: card.kind,
      reason,
      headline: card.headline,
      workflow: card.workflow.name,
      cameFrom,
      dueAt: card.dueAt === null ? null : Date.parse(card.dueAt),
      onTimeout: earlier.onTimeout,
      settings: `${base}/settings/notifications`,
      now: Date.now(),
    }),
    outside: outsideWords({
      reason,
      headline: card.headline,
      from: await findOrganizationName(organizationId),
      dueAt: card.dueAt === null ? null : Date.parse(card.dueAt),
      now: Date.now(),
    }),
    link: `${base}/inbox?id=${waitpointId}`,
    decide: `${base}/d/`,
  });
}

const openStates: ReadonlySet<string> = new Set(["open", "pending", "info_requested"]);
