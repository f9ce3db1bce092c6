import type { JsonObject } from "@/core/json";
import { auditActor } from "@/server/db/transaction";
import { actionOf, actorOf } from "./acts";
import type { ToldStory } from "./tell";

interface Happening {
  organizationId: string;
  at: Date;
  type: string;
  actor: JsonObject;
  audit: JsonObject;
  subject: { type: string; id: string };
}

/** What people did to a run, for the audit log. */
export function happeningsOf({ recorded, contact, control }: ToldStory): Happening[] {
  const { run, waitpoints } = recorded;
  const { organizationId } = run;
  const decisions = waitpoints.flatMap((waitpoint): Happening[] => {
    const { by, resolvedAt, outcome } = waitpoint;
    if (!by || resolvedAt === null || outcome === null) return [];
    const actor = actorOf({ by });
    return [
      {
        organizationId,
        at: new Date(resolvedAt),
        type: actionOf(waitpoint),
        actor: by.id === null ? { ...actor, id: contact?.id ?? "" } : actor,
        audit: { via: waitpoint.via },
        subject: { type: waitpoint.kind, id: waitpoint.id },
      },
    ];
  });
  if (!control) return decisions;
  const { verb, at, actor, reason, statusBelow } = control;
  return [
    ...decisions,
    {
      organizationId,
      at: new Date(at),
      type: `run.${verb}`,
      actor: auditActor(actor),
      audit: { reason, from: statusBelow },
      subject: { type: "run", id: run.id },
    },
  ];
}
