import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import type { SchemaIssue } from "@/core/schema/validate-input";
import { takeStart } from "@/server/http/allowances";
import { workApart } from "@/server/apart/work-apart";
import { requireScope, type Actor, type AuthProof } from "@/server/db/tenant";
import { auditActor, auditProof } from "@/server/db/transaction";
import { urlProblem } from "@/server/integrations/http/public-url";
import { startTarget, type StartTarget } from "@/server/modules/workflows/service";
import { findRunOutcome } from "./outcome-store";
import { groupIsFull, runGroup } from "./run-group";
import type { RunGroup } from "./run-start";
import { runStore } from "./run-store";

export interface StartRequest {
  /** Id in any form, or slug. */
  workflow: string;
  input: JsonObject;
  /** `api`, `manual`, `webhook`, `schedule`, `event` … */
  triggerType: string;
  triggerId?: string;
  /** What the run card shows, e.g. "Customer request". */
  label?: string;
  callbackUrl?: string;
  /** What the caller calls it. */
  callbackField?: string;
  /** Default: the published one. */
  version?: number;
  /** The same key never starts a second run of this workflow. */
  startKey?: string;
  /** Of what was sent with the key: the key with something else is refused with `id_reused`. */
  startHash?: string;
  contactId?: string;
  conversationId?: string;
  /** The member who really began it, where the system acts for them: who sent the event, the test call, the form. Default: the actor. */
  initiatedBy?: string | null;
  /** Others who began it as well. */
  begunWith?: readonly string[];
  /** Who it is for, when known. */
  requestedBy?: string;
  test?: boolean;
  /** Where the workflow's own configuration limits nothing. */
  group?: RunGroup;
}

export interface StartedRun {
  id: string;
  status: string;
  version: number;
  /** True: the start key was used before, and this is the first run. */
  existing: boolean;
  workflow: { id: string; slug: string; name: string };
}

/** Starts a run of the published version, or says why not. One write to the database. */
export async function startWorkflow(actor: Actor, request: StartRequest): Promise<StartedRun> {
  // Triggers act as the system: whoever set the trigger up had the right to.
  if (actor.userId !== null) requireScope(actor, "runs:start");
  const { workflow, facts } = await startTarget(actor, request);
  return startVersion({ workflow, facts, ownerId: actor.userId ?? workflow.ownerId, actor }, request);
}

/** A call of somebody who has no account here. */
export interface CallProof {
  address: string | null;
  auth: AuthProof;
}

interface Target extends StartTarget {
  ownerId: string;
  /** Who starts it, where somebody does. */
  actor?: Actor;
  /** Where nobody does: where the call came from, and what it was proven by. */
  proof?: CallProof;
}

/** The same for callers that have looked the workflow up and checked that it may start. */
export async function startVersion(
  { workflow, facts, ownerId, actor, proof }: Target,
  request: Omit<StartRequest, "workflow" | "version"> & { id?: string },
): Promise<StartedRun> {
  // Schedules and events have nobody who would come again.
  if (actor?.type !== "system") takeStart(workflow.organizationId);
  // All ways in meet here, so a default means the same on each of them.
  const { input, problems } =
    facts.inputSchema === null
      ? { input: request.input, problems: [] }
      : await workApart(workflow.organizationId, "startInput", { schema: facts.inputSchema, input: request.input });
  requireFit(problems);
  if (request.callbackUrl !== undefined) checkCallbackUrl(request.callbackUrl, request.callbackField);
  // Tests take nobody's place.
  const group = request.test === true ? null : (runGroup(facts, input) ?? request.group ?? null);
  const { id, existing, full, startHash } = await runStore().startRun({
    ...(request.id === undefined ? {} : { id: request.id }),
    organizationId: workflow.organizationId,
    workflowId: workflow.id,
    versionId: facts.versionId,
    version: facts.version,
    triggerType: request.triggerType,
    triggerId: request.triggerId ?? null,
    triggerLabel: request.label ?? null,
    input,
    ownerId,
    actor: actor ? auditActor(actor) : null,
    initiatedBy: request.initiatedBy ?? actor?.userId ?? null,
    begunWith: request.begunWith ?? [],
    proof: proof ? { ...proof } : actor ? auditProof(actor) : null,
    requestedBy: request.requestedBy ?? null,
    contactId: request.contactId ?? null,
    conversationId: request.conversationId ?? null,
    test: request.test ?? false,
    callbackUrl: request.callbackUrl ?? null,
    startKey: request.startKey ?? null,
    startHash: request.startHash ?? null,
    group,
    first: facts.first,
  });
  if (full) throw groupIsFull(workflow.slug, group);
  if (existing && request.startHash !== undefined && startHash !== null && startHash !== request.startHash)
    throw new AppError(
      "id_reused",
      "Something else came with this delivery id before, and started a run. Nothing was started now: send a new id for each delivery, or say in the trigger where the id comes from.",
      [],
      { run_id: id },
    );
  const first = existing ? await findRunOutcome(id) : null;
  return {
    id,
    status: first?.status ?? "pending",
    version: first?.version ?? facts.version,
    existing,
    workflow: { id: workflow.id, slug: workflow.slug, name: workflow.name },
  };
}

function requireFit(problems: readonly SchemaIssue[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const details = problems.map(({ path, message }) => ({
    code: "invalid_input",
    severity: "error" as const,
    path: path === "" ? "input" : path.startsWith("[") ? `input${path}` : `input.${path}`,
    message,
  }));
  throw new AppError("validation_failed", `The input does not fit this workflow: ${first.message}`, details);
}

function checkCallbackUrl(url: string, field = "callbackUrl"): void {
  const problem = urlProblem(url);
  if (problem === null) return;
  throw new AppError("validation_failed", `The callback URL cannot be called. ${problem}`, [
    { code: "invalid_url", severity: "error", path: field, message: problem },
  ]);
}
