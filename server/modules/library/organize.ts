import { AppError } from "@/core/errors";
import { newId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import type { OrganizeWorkflow } from "@/core/contracts/library";
import { hasScope, requireScope, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import { listMembers } from "@/server/modules/members/service";
import { createWorkflow, existingWorkflow } from "@/server/modules/workflows/service";
import { documentOf } from "./export-document";
import * as repository from "./repository";

/** What New Automation makes: a start and nothing else, for people to start by hand. */
export async function createBlank(
  actor: UserActor,
  { name, description, folder = "" }: { name: string; description: string; folder?: string },
): Promise<{ slug: string }> {
  const { workflow } = await createWorkflow(
    actor,
    {
      name,
      description,
      triggers: [{ id: "manual", type: "manual" }],
      spec: {
        specVersion: "1",
        startNodeId: "start",
        nodes: [{ id: "start", type: "start", name: "Start" }],
        edges: [],
      },
    },
    folder === "" ? undefined : (tx, id) => repository.updatePlaced(tx, id, { folder }),
  );
  return { slug: workflow.slug };
}

/** Name, description, folder, tags and owner act at once: they are no part of a version. */
export async function organizeWorkflow(actor: UserActor, { slug, tags, ...given }: OrganizeWorkflow): Promise<void> {
  requireScope(actor, "workflows:write");
  if (given.ownerId !== undefined) await requireOwner(actor, given.ownerId);
  const wanted = { ...given, ...(tags === undefined ? {} : { tags: [...new Set(tags)].sort() }) };
  await withTransaction(async (tx) => {
    const before = await repository.lockPlaced(tx, actor.organizationId, slug);
    if (!before) throw new AppError("not_found", "There is no such workflow.");
    requireMayGiveAway(actor, before.ownerId, given.ownerId);
    const changed = Object.entries(wanted).filter(
      ([key, value]) => JSON.stringify(Reflect.get(before, key)) !== JSON.stringify(value),
    );
    if (changed.length === 0) return;
    await repository.updatePlaced(tx, before.id, Object.fromEntries(changed));
    const data: JsonObject = { slug, changes: Object.fromEntries(changed) };
    await writeAudit(tx, actor, "workflow.organized", { type: "workflow", id: before.id }, data);
    await repository.announce(tx, actor.organizationId);
  });
}

/** A copy of the draft, or of the newest version, with its place, tags and test samples; it is owned by who makes it. */
export async function duplicateWorkflow(actor: UserActor, slug: string): Promise<{ slug: string }> {
  requireScope(actor, "workflows:write");
  const source = await existingWorkflow(actor, slug);
  const { organizationId } = actor;
  const [document, place, samples] = await Promise.all([
    documentOf(actor, source, "draft"),
    repository.findPlaced(organizationId, source.id),
    repository.listSamples(organizationId, source.id),
  ]);
  const { slug: _taken, ...rest } = document;
  const { workflow } = await createWorkflow(
    actor,
    { ...rest, name: `Copy of ${source.name}`.slice(0, 200) },
    async (tx, id) => {
      await repository.updatePlaced(tx, id, {
        folder: place?.folder ?? "",
        tags: place?.tags ?? [],
      });
      await repository.insertSamples(
        tx,
        samples.map(({ name, input }) => ({
          id: newId(),
          organizationId,
          workflowId: id,
          name,
          // A sample is stored as an object; the column's type leaves it open.
          input: input as JsonObject,
          createdById: actor.userId,
        })),
      );
    },
  );
  return { slug: workflow.slug };
}

/** Its owner may reassign what a workflow asks, so that nobody becomes it by their own word. */
function requireMayGiveAway(actor: UserActor, before: string, wanted: string | undefined): void {
  if (wanted === undefined || wanted === before) return;
  if (before === actor.userId || hasScope(actor, "approvals:decide:any")) return;
  throw new AppError(
    "forbidden",
    "Only the owner of this workflow and administrators give it to somebody else. Ask one of them.",
  );
}

async function requireOwner(actor: UserActor, userId: string): Promise<void> {
  const owner = (await listMembers(actor)).find(({ id, is_active: isActive }) => id === userId && isActive);
  if (!owner)
    throw new AppError("validation_failed", "Nobody of that id is in your organization. Choose an active member.", [
      { code: "unknown_member", severity: "error", path: "ownerId", message: "Choose an active member." },
    ]);
}
