import type { z } from "zod";
import type { handoffObjectSchema, resolveHandoffSchema } from "@/core/contracts/handoff";
import { asObject } from "@/core/json";
import type { Spec } from "@/core/workflow/document";
import { requireScope, type Actor } from "@/server/db/tenant";
import { runVersionSpec } from "./brief";
import { requireAsked } from "./asked-of";
import { existingWaitpoint } from "./forms";
import { requireNoUnapprovedOutput } from "./given-output";
import { readHandoffRequest, requireChoice, type SentRequest } from "./handoff-question";
import { allNodes } from "./all-nodes";
import { maskOfRun, type Mask } from "./sensitive";
import { coveredAt, coverOf, hiddenMark, maskedAt } from "./sensitive-paths";
import { visibleRun } from "./visible-run";
import { readUndecidable } from "./undecidable";
import { resolveOrRefuse } from "./waitpoints";

/** A handoff as those see it who may see its run. */
export async function readHandoff(actor: Actor, idText: string): Promise<z.input<typeof handoffObjectSchema>> {
  requireScope(actor, "runs:read");
  const row = await existingWaitpoint(actor.organizationId, idText, "handoff");
  const run = await visibleRun(actor, row.runId);
  const request = readHandoffRequest(row.request);
  // Versions are written only after validation against the same schema.
  const spec = (await runVersionSpec(actor.organizationId, run.versionId)) as unknown as Spec;
  const hidden = allNodes(spec).find(({ id }) => id === row.nodeId)?.sensitive ?? [];
  const mask = await maskOfRun(spec, run);
  return {
    id: row.id,
    run_id: row.runId,
    node_id: row.nodeId,
    status: row.status,
    title: request.title ?? request.headline ?? "Handoff",
    question: request.question ?? null,
    choices: request.choices,
    request: request.sent ? sentObject(coveredSent(request.sent, row.nodeId, mask), hidden) : null,
    assign_to: row.assignees,
    due_at: row.dueAt?.toISOString() ?? null,
    undecidable: readUndecidable(row),
    created_at: row.createdAt.toISOString(),
  };
}

/** What was sent, without what comes from something that another step calls sensitive. */
function coveredSent(sent: SentRequest, nodeId: string, mask: Mask): SentRequest {
  const hidden = mask.secrets.steps.get(nodeId)?.hidden;
  // A connector's action makes its call of one field, `input`, and nobody tells here which part went where.
  if (coverOf(["input", "input"], hidden) !== null)
    return { ...sent, path: hiddenMark, query: hiddenMark, body: hiddenMark };
  const { query, body } = asObject(mask(coveredAt(asObject(sent), "input", hidden)));
  return {
    ...sent,
    path: coverOf(["input", "path"], hidden) ?? mask(sent.path),
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body }),
  };
}

function sentObject(sent: SentRequest, hidden: readonly string[]) {
  const { connection, method, path, idempotencyKey } = sent;
  const { query = null, body = null } = asObject(maskedAt(sent, hidden));
  return { connection, method, path, query, body, idempotency_key: idempotencyKey };
}

/** Gives a handoff back, or answers the question what came of a call, by somebody who was asked. */
export async function resolveHandoff(
  actor: Actor,
  idText: string,
  { resolution, note, output }: z.output<typeof resolveHandoffSchema>,
): Promise<{ id: string; runId: string }> {
  requireScope(actor, "handoffs:resolve");
  const row = await existingWaitpoint(actor.organizationId, idText, "handoff");
  const inName = await requireAsked(
    actor,
    row,
    "handoffs:resolve",
    "This is for somebody else. Ask them, or an administrator, to answer it.",
  );
  requireChoice(row.request, resolution, "resolution");
  if ((output ?? null) !== null && readHandoffRequest(row.request).unknownOutcome)
    await requireNoUnapprovedOutput(actor.organizationId, row);
  const { runId } = await resolveOrRefuse(
    {
      organizationId: actor.organizationId,
      waitpointId: row.id,
      outcome: "returned",
      action: "handoff.resolved",
      actor,
      via: actor.via === "ui" ? "ui" : "api",
      ...(inName && { shownAs: inName.shownAs, asked: inName.asked }),
      resolution: {
        ...inName?.resolution,
        resolution: resolution ?? null,
        note: note ?? null,
        comment: note ?? null,
        output: output ?? null,
      },
    },
    "handoff",
  );
  return { id: row.id, runId };
}
