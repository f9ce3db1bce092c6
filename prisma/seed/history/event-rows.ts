import type { Prisma } from "@/server/db/client";
import { auditActor } from "@/server/db/transaction";
import type { ToldStory } from "./tell";

/** The run's own history as hot_start_run, hot_commit, hot_resolve and hot_control would have written it. */
export function eventRows({ story, recorded, startedBy }: ToldStory): Prisma.RunEventCreateManyInput[] {
  const { run, log } = recorded;
  const { type: trigger, label } = story.trigger;
  const created = {
    type: "run.created",
    at: run.createdAt,
    actor: startedBy ? auditActor(startedBy) : null,
    data: { trigger, ...(label === null ? {} : { trigger_label: label }), version: run.version },
  };
  let last = 0;
  return [created, ...log].map(({ type, at, actor, data }, index) => {
    last = Math.max(last, at);
    return {
      runId: run.id,
      seq: index + 1,
      organizationId: run.organizationId,
      at: new Date(last),
      type,
      data,
      ...(actor === null ? {} : { actor }),
    };
  });
}
