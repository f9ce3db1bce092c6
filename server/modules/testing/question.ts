import { z } from "zod";
import type { TestQuestion } from "@/core/contracts/test-run";
import { AppError } from "@/core/errors";
import { requireScope, type Actor } from "@/server/db/tenant";
import { readApprovalRequest } from "@/server/modules/approvals/service";
import { nameRefs } from "@/server/modules/directory/service";
import { openWaitpointOf, visibleRun } from "@/server/modules/runs/service";

const kinds = ["approval", "form", "handoff", "callback", "timer", "event"] as const;

const requestSchema = z.object({
  title: z.string().nullish(),
  headline: z.string().nullish(),
  actionLabel: z.string().nullish(),
  description: z.string().nullish(),
  summary: z.string().nullish(),
  question: z.string().nullish(),
  schema: z.record(z.string(), z.json()).nullish(),
  values: z.record(z.string(), z.json()).nullish(),
  choices: z.array(z.object({ value: z.string(), label: z.string() })).default([]),
  test: z.object({ insteadOf: z.array(z.string()) }).default({ insteadOf: [] }),
});

/** What the test waits for, so that its tester can answer for whom it means. */
export async function testQuestion(
  actor: Actor,
  { runId, waitpointId }: { runId: string; waitpointId: string },
): Promise<TestQuestion> {
  requireScope(actor, "workflows:write");
  const run = await visibleRun(actor, runId);
  if (!run.test) throw new AppError("forbidden", "Only what a test waits for can be rehearsed.");
  const row = await openWaitpointOf(actor, run, waitpointId);
  const kind = kinds.find((each) => each === row.kind);
  if (!kind) throw new AppError("not_found", "This run waits for no such thing.");
  const request = requestSchema.parse(row.request);
  const { insteadOf } = request.test;
  const names = await nameRefs(actor.organizationId, insteadOf);
  const approval = kind === "approval" ? readApprovalRequest(row.request) : null;
  return {
    waitpointId: row.id,
    nodeId: row.nodeId,
    kind,
    insteadOf: insteadOf.map((ref) => names.get(ref) ?? ref),
    title: request.headline ?? request.title ?? request.actionLabel ?? "",
    text: request.question ?? request.summary ?? request.description ?? null,
    facts: approval?.fields ?? [],
    form: kind === "form" ? { schema: request.schema ?? {}, values: request.values ?? {} } : null,
    choices: request.choices,
    commentRequiredOn: [...(approval?.policy.commentRequiredOn ?? [])],
    dueAt: row.dueAt?.toISOString() ?? null,
  };
}
