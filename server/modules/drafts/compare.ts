import type { DraftComparison, PublishPreview } from "@/core/contracts/draft";
import { AppError } from "@/core/errors";
import type { EditableDocument } from "@/core/workflow/edit/operation";
import { specGraph } from "@/core/workflow/graph";
import { sameJson } from "@/core/json-guard";
import type { Actor } from "@/server/db/tenant";
import { countOpenRuns, findVersion } from "@/server/modules/workflows/service";
import { stepDefinitions } from "@/steps/definitions";
import { changesBetween } from "./changes";
import { documentOf, jsonOf } from "./draft-document";
import { draftSource, findIssues, type DraftSource } from "./open";
import { partsOf } from "./repository";

/** What publishing would change, and for whom. */
export async function previewPublish(actor: Actor, slug: string): Promise<PublishPreview> {
  const source = await draftSource(actor, slug);
  const { workflow, head, draft, parts, revision } = source;
  const [live, issues, open] = await Promise.all([
    workflow.publishedVersion === null ? null : documentOfVersion(actor, source, workflow.publishedVersion),
    findIssues(actor, parts),
    countOpenRuns(actor.organizationId, [workflow.id]),
  ]);
  const document = documentOf(parts);
  const isHead = sameJson(document, documentOf(partsOf(head)));
  return {
    nextVersion: isHead ? head.number : head.number + 1,
    publishedVersion: workflow.publishedVersion,
    revision,
    changes: await changesBetween(actor.organizationId, live, document),
    issues,
    openRuns: open.map(({ version, runs }) => ({ version, runs })).sort((left, right) => right.version - left.version),
    reviewRequired: workflow.reviewRequired,
    overtakenBy: draft && head.number > draft.baseVersion ? head.number : null,
  };
}

/** A version's number, or the draft (the newest version while there is none). */
export type Side = number | "draft";

export async function compareSides(
  actor: Actor,
  slug: string,
  { from, to }: { from: Side; to: Side },
): Promise<DraftComparison> {
  const source = await draftSource(actor, slug);
  const side = (wanted: Side): EditableDocument | Promise<EditableDocument> =>
    wanted === "draft" ? documentOf(source.parts) : documentOfVersion(actor, source, wanted);
  const [before, after] = await Promise.all([side(from), side(to)]);
  return {
    changes: await changesBetween(actor.organizationId, before, after),
    before: jsonOf(before),
    after: jsonOf(after),
    beforeGraph: specGraph(before.spec, stepDefinitions),
    afterGraph: specGraph(after.spec, stepDefinitions),
  };
}

async function documentOfVersion(
  { organizationId }: Actor,
  { workflow }: DraftSource,
  number: number,
): Promise<EditableDocument> {
  const version = await findVersion(organizationId, workflow.id, number);
  if (!version) throw new AppError("not_found", `"${workflow.slug}" has no version ${String(number)}.`);
  return documentOf(partsOf(version));
}
