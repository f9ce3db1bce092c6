import { whatFollows } from "@/core/engine/what-follows";
import { loadVersion } from "@/server/modules/runs/service";
import { stepConsequences } from "@/steps/consequences";
import { stepDefinitions } from "@/steps/definitions";
import type { ApprovalRequest } from "./request";

interface Asked {
  organizationId: string;
  versionId: string;
  nodeId: string;
}

type Consequences = NonNullable<ApprovalRequest["consequences"]>;

/** What comes of each answer: as it was said when it was asked, or without the values of the run. */
export async function consequencesOf(asked: Asked, said: Consequences | null): Promise<Consequences> {
  if (said !== null) return said;
  const { plan } = await loadVersion(asked.organizationId, asked.versionId);
  const follows = (handle: string): string[] =>
    whatFollows(plan, asked.nodeId, handle, { definitions: stepDefinitions, consequences: stepConsequences });
  return { approved: follows("approved"), rejected: follows("rejected"), timedOut: null };
}
