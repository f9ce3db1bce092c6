import { hashToken } from "@/server/digest";
import { AppError } from "@/core/errors";
import type { Json } from "@/core/json";
import { isClosed } from "@/server/auth/demo-organizations";
import { callbackActor } from "@/server/auth/link-gate";
import { seenFrom, type OrganizationId } from "@/server/db/tenant";
import { auditActor, auditProof } from "@/server/db/transaction";
import { env } from "@/server/env";
import { readStepToken } from "@/server/step-token";
import { findRunPlace, findWaitpointByToken } from "./repository";
import { runStore } from "./run-store";
import { readResolved, refuse, resolveOrRefuse } from "./waitpoints";

interface Call {
  body: Json;
  /** What was taken, but not quite as it was sent: the step that waits says so. */
  warnings: readonly string[];
}

interface Found {
  tokenHash: string;
  organizationId: string;
  /** Null while the step does not wait yet. */
  waitpointId: string | null;
  runId: string;
}

/** What a callback address leads to: the wait, or the run whose wait has not begun. `not_found` for an address that is none of ours. */
export async function findCallback(token: string): Promise<Found> {
  const found = await addressee(token);
  if (found === null || isClosed(found.organizationId))
    throw new AppError("not_found", "There is no such callback address.");
  return found;
}

async function addressee(token: string): Promise<Found | null> {
  const tokenHash = hashToken(token);
  const row = await findWaitpointByToken(tokenHash);
  if (row?.kind === "callback")
    return { tokenHash, organizationId: row.organizationId, waitpointId: row.id, runId: row.runId };
  const place = row === null ? readStepToken(env().NEXTAUTH_SECRET, "callback", token) : null;
  const run = place === null ? null : await findRunPlace(place.runId);
  return run && { tokenHash, organizationId: run.organizationId, waitpointId: null, runId: run.id };
}

/** Takes a call: the waiting step goes on, or the answer is kept until the step waits. The first call counts; later ones are refused alike. */
export async function takeCallback(token: string, call: Call, address: string): Promise<{ runId: string }> {
  const found = await findCallback(token);
  if (found.waitpointId !== null) return resolveCall(found, found.waitpointId, call, address);
  const actor = seenFrom(callbackActor(found.organizationId, found.runId), address);
  const kept = await runStore().callEarly({
    r: found.runId,
    token: found.tokenHash,
    answer: {
      ...callOf(call),
      byName: actor.name,
      actor: auditActor(actor),
      proof: auditProof(actor),
      audit: { via: "link" },
    },
  });
  if (kept["ok"] === true) return { runId: found.runId };
  // The wait began between the two looks.
  if (typeof kept["open"] === "string") return resolveCall(found, kept["open"], call, address);
  return refuse(readResolved(kept), "callback");
}

async function resolveCall(found: Found, waitpointId: string, call: Call, address: string): Promise<{ runId: string }> {
  const actor = seenFrom(callbackActor(found.organizationId, waitpointId), address);
  const organizationId: OrganizationId = actor.organizationId;
  return resolveOrRefuse({ ...callOf(call), organizationId, waitpointId, actor }, "callback");
}

function callOf({ body, warnings }: Call) {
  const resolution = { body, ...(warnings.length === 0 ? {} : { warnings: [...warnings] }) };
  return { outcome: "called", action: "callback.called", via: "link" as const, resolution };
}
