import { newId } from "@/core/ids";
import type { Simulation } from "./simulation";
import { closeWaitpoint, type RecordedRun, type RecordedWaitpoint } from "./memory-journal";
import type { Story, StoryAct } from "./story";
import type { DemoOrganization } from "../organization";
import type { SeededContact } from "../conversations";
import type { SeededWorkflow } from "../workflows";
import type { JournalRun } from "@/server/modules/runs/journal";
import type { UserActor } from "@/server/db/tenant";
import { auditActor } from "@/server/db/transaction";
import { findTrigger } from "@/triggers/definitions";

export interface World {
  organization: DemoOrganization;
  contacts: ReadonlyMap<string, SeededContact>;
  workflows: ReadonlyMap<string, SeededWorkflow>;
  now: number;
}

/** A story as it was lived. */
export interface ToldStory {
  story: Story;
  contact: SeededContact | null;
  recorded: RecordedRun;
  /** Who started it, where a person or a system did and no trigger. */
  startedBy: UserActor | null;
  control: {
    verb: "cancel" | "pause";
    at: number;
    actor: UserActor;
    reason: string | null;
    statusBelow: JournalRun["status"];
  } | null;
}

/** Plays a story through the drivers, up to now or to the moment when somebody steps in. */
export async function tell(simulation: Simulation, world: World, story: Story): Promise<ToldStory> {
  const contact = story.contact === null ? null : (world.contacts.get(story.contact) ?? null);
  const run = firstState(world, story, contact);
  const stop = story.control ? run.createdAt + story.control.afterMs : world.now;
  const acts = story.acts.map((act) => ({ ...act, ...whoActs(world, contact, act) }));
  const recorded = await simulation.play(run, acts, stop);
  const startedBy = findTrigger(story.trigger.type)?.startedByMembers ? world.organization.actors[story.owner] : null;
  const stepIn = story.control ? control(world, recorded, story.control, stop) : null;
  return { story, contact, recorded, startedBy, control: stepIn };
}

function firstState({ organization, workflows, now }: World, story: Story, contact: SeededContact | null): JournalRun {
  const createdAt = now - story.ago;
  const workflow = workflows.get(story.workflow);
  const version = workflow?.versions
    .filter(({ publishedAt }) => publishedAt !== null && publishedAt.getTime() <= createdAt)
    .at(-1);
  if (!workflow || !version) throw new Error(`"${story.workflow}" was not live ${String(story.ago)} ms ago`);
  return {
    id: newId(createdAt),
    organizationId: organization.id,
    workflowId: workflow.id,
    versionId: version.id,
    version: version.number,
    status: "pending",
    generation: 1,
    seq: 0,
    parkedBy: null,
    triggerType: story.trigger.type,
    triggerLabel: story.trigger.label,
    input: contact ? { ...story.input, conversationId: contact.conversationId } : story.input,
    inputEdits: null,
    ownerId: organization.actors[story.owner].userId,
    requestedBy: contact?.email ?? null,
    contactId: contact?.id ?? null,
    conversationId: contact?.conversationId ?? null,
    callbackUrl: null,
    test: false,
    activeMs: 0,
    drivers: null,
    createdAt,
    startedAt: null,
  };
}

function whoActs(
  { organization }: World,
  contact: SeededContact | null,
  { by }: StoryAct,
): { by: { id: string | null; name: string }; via: "ui" | "link" } {
  if (by === "contact") return { by: { id: null, name: contact?.name ?? "The customer" }, via: "link" };
  const actor = organization.actors[by];
  return { by: { id: actor.userId, name: actor.name }, via: "ui" };
}

/** Cancel and pause, as hot_control does them. */
function control(
  { organization }: World,
  recorded: RecordedRun,
  { verb, by, reason }: NonNullable<Story["control"]>,
  at: number,
): ToldStory["control"] {
  const { run } = recorded;
  const statusBelow = run.status;
  run.status = verb === "cancel" ? "cancelled" : "paused";
  if (verb === "cancel") {
    recorded.endedAt = at;
    recorded.nextDueAt = null;
    recorded.waitpoints.filter(isOpen).forEach((waitpoint) => closeWaitpoint(waitpoint, at));
    for (const row of recorded.rows.values())
      if (row.status === "waiting") {
        Object.assign(row, { status: "cancelled", endedAt: at });
        const data = { node_id: row.nodeId, name: row.name, attempt: row.attempt };
        recorded.log.push({ type: "step.cancelled", at, actor: null, data });
      }
  }
  recorded.log.push({
    type: verb === "cancel" ? "run.cancelled" : "run.paused",
    at,
    actor: auditActor(organization.actors[by]),
    data: reason === undefined ? {} : { reason },
  });
  return { verb, at, actor: organization.actors[by], reason: reason ?? null, statusBelow };
}

function isOpen({ status }: RecordedWaitpoint): boolean {
  return status === "open";
}
