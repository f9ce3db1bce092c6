import type { Plan } from "@/core/engine/plan";
import { whatFollows } from "@/core/engine/what-follows";
import { stepConsequences } from "@/steps/consequences";
import { stepDefinitions } from "@/steps/definitions";
import type { ApprovalRequest } from "./request";

type Consequences = NonNullable<ApprovalRequest["consequences"]>;

/** What comes of each answer: as it was said when it was asked, or without the values of the run. */
export function consequencesOf(plan: Plan, nodeId: string, said: Consequences | null): Consequences {
  if (said !== null) return said;
  const follows = (handle: string): string[] =>
    whatFollows(plan, nodeId, handle, { definitions: stepDefinitions, consequences: stepConsequences });
  return { approved: follows("approved"), rejected: follows("rejected"), timedOut: null };
}
