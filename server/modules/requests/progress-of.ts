import type { CustomerRequest } from "@/core/contracts/request";
import type { OrganizationId } from "@/server/db/tenant";
import { nudgesOf } from "./nudge-store";
import { askedOfTeam, requestProgress, type Around } from "./progress";
import type { FormRow, RequestFacts } from "./repository";
import { usualWaits } from "./usual-store";

/** What is known of these requests beside their runs: when was asked how they stand, and how long it takes as a rule. */
export async function around(
  organizationId: OrganizationId,
  requests: readonly RequestFacts[],
): Promise<(facts: RequestFacts) => Pick<Around, "nudgedAt" | "usual">> {
  const open = requests.filter(({ run }) => run.endedAt === null);
  const placeOf = (facts: RequestFacts) => {
    const asked = askedOfTeam(facts);
    return asked === null ? null : { workflowId: facts.run.workflowId, nodeId: asked.nodeId };
  };
  const [nudges, usual] = await Promise.all([
    nudgesOf(
      organizationId,
      requests.map(({ run }) => run.id),
    ),
    usualWaits(
      organizationId,
      open.flatMap((facts) => placeOf(facts) ?? []),
    ),
  ]);
  return (facts) => {
    const place = placeOf(facts);
    return { nudgedAt: nudges.get(facts.run.id) ?? null, usual: place === null ? null : usual(place) };
  };
}

/** Requests as their customer sees them. `past`: forms of theirs that are over. */
export async function progressOf(
  organizationId: OrganizationId,
  requests: readonly RequestFacts[],
  past: readonly FormRow[],
): Promise<CustomerRequest[]> {
  const known = await around(organizationId, requests);
  return requests.map((facts) => requestProgress(facts, { past, ...known(facts) }));
}
