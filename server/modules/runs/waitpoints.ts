import { AppError } from "@/core/errors";
import { newId } from "@/core/ids";
import type { Json, JsonObject } from "@/core/json";
import { undoMs } from "@/core/contracts/approval";
import type { Actor, OrganizationId, UserActor } from "@/server/db/tenant";
import { auditActor, auditProof } from "@/server/db/transaction";
import { runStore } from "./run-store";

export interface Resolution {
  organizationId: OrganizationId;
  waitpointId: string;
  /** `approved`, `rejected`, `submitted`, `returned`, `called` … */
  outcome: string;
  resolution: JsonObject;
  actor: Actor;
  /** What everybody reads of who it was, where it is not just the actor's name: "Kim for Max". */
  shownAs?: string;
  via: "ui" | "api" | "link";
  /** What the audit log calls it, e.g. `approval.approved`. */
  action: string;
  /** Of `resolution.edits`, what the audit log keeps (audited-values.ts); default all of it. */
  auditedEdits?: JsonObject;
  /** Several people may have to decide: those behind this word. Where it does not decide yet it is kept, and the question stays open. */
  people?: readonly string[];
  /** What the decision was allowed by: it is looked at again in the moment that counts (prisma/functions/13-standing.sql). */
  asked?: JsonObject;
  /** Ids of the files that stand in the answer: they become the run's in the moment that counts. */
  files?: readonly string[];
}

export type Resolved =
  | {
      ok: true;
      runId: string;
      nodeId: string;
      at: string;
      /** It is kept, and more people must decide. */
      isKept: boolean;
      /** Until then it can be taken back. */ undoUntil: string | null;
    }
  | Refused;

/** Whoever decided may not, or not any more. */
const unfit = ["same_person", "decided_before", "changed", "not_asked"] as const;

type Refused =
  | { ok: false; reason: "not_found" | "files_gone" | (typeof unfit)[number] }
  | { ok: false; reason: "given_away"; to: string[] }
  | { ok: false; reason: "resolved"; status: string; outcome: string | null; by: string | null; at: string | null };

/**
 * The one atomic resolve: compare-and-set, audit entry and wake-up in one transaction. Whoever comes second learns who was
 * first. The caller has checked that the actor may do this.
 */
export async function resolveWaitpoint(request: Resolution): Promise<Resolved> {
  const args = resolveArgs(request);
  return resolved(await runStore().resolve(args));
}

/** As `resolveWaitpoint`, but it counts only after a while, and until then whoever gave it may take it back. A word that does not decide counts at once. */
export async function giveDecision(request: Resolution & { asked: JsonObject }): Promise<Resolved> {
  return resolved(await runStore().decide({ ...resolveArgs(request), undoMs }));
}

/** Takes a given decision back: false when it counts already, is none, or is somebody else's. */
export async function takeBackDecision(actor: UserActor, waitpointId: string): Promise<boolean> {
  const result = await runStore().takeBack({
    id: waitpointId,
    org: actor.organizationId,
    byId: actor.userId,
    actor: auditActor(actor),
    proof: auditProof(actor),
  });
  return result["ok"] === true;
}

function resolveArgs(request: Resolution): JsonObject {
  const { actor } = request;
  return {
    id: request.waitpointId,
    org: request.organizationId,
    outcome: request.outcome,
    resolution: request.resolution,
    byId: actor.userId,
    byName: request.shownAs ?? actor.name,
    via: request.via,
    actor: auditActor(actor),
    proof: auditProof(actor),
    action: request.action,
    audit: auditFacts(request),
    eventId: newId(),
    ...(request.people === undefined ? {} : { people: [...request.people] }),
    ...(request.asked === undefined ? {} : { asked: request.asked }),
    ...(request.files === undefined || request.files.length === 0 ? {} : { files: [...request.files] }),
  };
}

function resolved(result: JsonObject): Resolved {
  if (result["ok"] === true)
    return {
      ok: true,
      runId: text(result["runId"]),
      nodeId: text(result["nodeId"]),
      at: iso(result["at"]) ?? "",
      isKept: result["kept"] === true,
      undoUntil: iso(result["undoUntil"]),
    };
  return readResolved(result);
}

/** The refusal in an answer of the journal. */
export function readResolved(result: JsonObject): Refused {
  const reason = result["reason"];
  const why = unfit.find((each) => each === reason);
  if (why !== undefined) return { ok: false, reason: why };
  if (reason === "files_gone") return { ok: false, reason };
  if (reason === "given_away") return { ok: false, reason, to: texts(result["to"]) };
  if (result["reason"] !== "resolved") return { ok: false, reason: "not_found" };
  return {
    ok: false,
    reason: "resolved",
    status: text(result["status"]),
    outcome: orNull(result["outcome"]),
    by: orNull(result["by"]),
    at: iso(result["at"]),
  };
}

/** As `resolveWaitpoint`, with refusals as errors in the words of forms, handoffs and callbacks. */
export async function resolveOrRefuse(request: Resolution, noun: string): Promise<{ runId: string; at: string }> {
  const result = await resolveWaitpoint(request);
  return result.ok ? result : refuse(result, noun);
}

/** The refusal as an error. */
export function refuse(result: Refused, noun: string): never {
  if (result.reason === "not_asked" || result.reason === "changed" || result.reason === "given_away")
    throw new AppError(
      "not_an_assignee",
      `This ${noun} is not yours to answer any more: who is asked, or who is away, has changed. Look at it again.`,
    );
  if (result.reason === "files_gone")
    throw new AppError("conflict", "A file of this answer is no longer there. Take it out, add it again, then send.");
  if (result.reason !== "resolved") throw new AppError("not_found", `There is no such ${noun}.`);
  const who = result.by === null ? "It was closed" : `${result.by} was first`;
  throw new AppError(
    "waitpoint_already_resolved",
    `This ${noun} is no longer open. ${who}${result.at === null ? "" : ` at ${result.at}`}.`,
    [],
    {
      resolved_by: result.by,
      resolved_at: result.at,
      outcome: result.outcome ?? result.status,
    },
  );
}

/** Comments and values belong to the waitpoint; the log keeps that they were given, and edits because they change what runs. */
function auditFacts({ resolution, via, auditedEdits }: Resolution): JsonObject {
  const edits: Json = auditedEdits ?? resolution["edits"] ?? null;
  const onBehalfOf: Json = resolution["onBehalfOf"] ?? null;
  const rehearsal = resolution["rehearsal"] === true;
  return {
    via,
    ...(rehearsal ? { rehearsal } : {}),
    ...(edits === null ? {} : { edits }),
    ...(onBehalfOf === null ? {} : { onBehalfOf }),
  };
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function orNull(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function iso(value: Json | undefined): string | null {
  return typeof value === "string" ? new Date(value).toISOString() : null;
}
