import { z } from "zod";
import { runStatuses } from "@/core/run-status";
import type { TestBench } from "@/core/contracts/test-run";
import { asObject, type Json } from "@/core/json";
import { hasScope, requireScope, type Actor } from "@/server/db/tenant";
import { memberNames } from "@/server/modules/directory/service";
import * as repository from "./repository";
import { testedDocument } from "./tested-document";

const shownRuns = 20;
const statusSchema = z.enum(runStatuses);

/** Everything the Test panel shows before a test is started. */
export async function testBench(actor: Actor, slug: string): Promise<TestBench> {
  requireScope(actor, "workflows:read");
  const { organizationId } = actor;
  const { workflow, document, since } = await testedDocument(actor, slug);
  const mayRead = hasScope(actor, "runs:read");
  const ownerId = hasScope(actor, "runs:read:all") ? null : actor.userId;
  const [samples, pins, names, runs, taken] = await Promise.all([
    repository.listSamples(organizationId, workflow.id),
    repository.listPins(organizationId, workflow.id),
    memberNames(organizationId),
    mayRead ? repository.listRecentRuns(organizationId, workflow.id, { ownerId, limit: shownRuns }) : [],
    repository.listTakenHandles(organizationId, workflow.id, since),
  ]);
  return {
    inputSchema: document.spec.inputSchema ?? null,
    // jsonb columns hold JSON values only.
    samples: samples.map(({ id, name, input }) => ({ id, name, input: asObject(input as Json) })),
    pins: pins.map(({ nodeId, handle, output, createdById }) => ({
      nodeId,
      handle,
      output: output as Json,
      by: names.get(createdById) ?? "Somebody who left",
    })),
    runs: runs.map(({ id, status, test, createdAt, input }) => ({
      id,
      status: statusSchema.parse(status),
      test,
      createdAt: createdAt.toISOString(),
      input: asObject(input as Json),
    })),
    taken,
    mayTest: hasScope(actor, "workflows:write") && hasScope(actor, "runs:start"),
  };
}
