import { z } from "zod";
import { newId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import { subjectOf } from "./subject";

/** The limit a run counts in. */
export interface RunGroup {
  key: string;
  limit: number;
  whenFull: "queue" | "skip" | "cancel_oldest";
}

export interface RunStart {
  /** For callers that must know it beforehand, to wait for the run's end. */
  id?: string;
  organizationId: string;
  workflowId: string;
  versionId: string;
  version: number;
  triggerType: string;
  triggerId?: string | null;
  triggerLabel?: string | null;
  input: JsonObject;
  ownerId: string;
  /** Who started it, for the run's history. */
  actor?: JsonObject | null;
  /** The member who really began it; null where nobody can tell. Four eyes compare this person with who decides. */
  initiatedBy: string | null;
  /** Others who began it as well, such as who sent the event that a colleague sends once more. */
  begunWith?: readonly string[];
  /** Where the call that started it came from and how it was proven, for the audit log. */
  proof?: JsonObject | null;
  /** Who it is for, as somebody said: shown, and believed by nobody. */
  requestedBy?: string | null;
  contactId?: string | null;
  conversationId?: string | null;
  test?: boolean;
  callbackUrl?: string | null;
  restoredFrom?: string | null;
  /** The same key never starts a second run of this workflow. */
  startKey?: string | null;
  /** Of what came with the key. */
  startHash?: string | null;
  /** Of a workflow that limits how many run at once. */
  group?: RunGroup | null;
  /** Key of the start node when it is an effect; the driver then begins without a step of its own. */
  first: string | null;
}

export interface RunStarted {
  /** Empty when there is no run. */
  id: string;
  /** The start key was used before: this is the run it started. */
  existing: boolean;
  /** No place was free and the workflow says to start nothing then; there is no run. */
  full: boolean;
  /** Of what came with the first start under this key. */
  startHash: string | null;
}

/** A start that begins with what another run had at a position. */
export interface RunRestore {
  start: RunStart;
  snapshot: {
    source: string;
    position: number;
    snapshotId: string;
    nodeId: string;
    nodeName: string;
    inputEdits: JsonObject | null;
    /** Keys of approvals that are asked again, and of all that had come after them. */
    without: string[];
    /** Those approvals, as they were given. */
    askedAgain: JsonObject[];
  };
}

export const startedSchema = z.union([
  z.object({ ok: z.literal(true), id: z.string(), existing: z.boolean().nullish(), hash: z.string().nullish() }),
  z.object({ ok: z.literal(false), reason: z.literal("full") }),
]);

/** The arguments of `hot_start_run`. */
export function startArgs(start: RunStart): JsonObject {
  return {
    id: start.id ?? newId(),
    eventId: newId(),
    org: start.organizationId,
    workflow: start.workflowId,
    versionId: start.versionId,
    version: start.version,
    triggerType: start.triggerType,
    triggerId: start.triggerId ?? null,
    triggerLabel: start.triggerLabel ?? null,
    input: start.input,
    subject: subjectOf(start.input),
    owner: start.ownerId,
    actor: start.actor ?? null,
    initiatedBy: start.initiatedBy,
    begunWith: [...(start.begunWith ?? [])],
    proof: start.proof ?? null,
    requestedBy: start.requestedBy ?? null,
    contact: start.contactId ?? null,
    conversation: start.conversationId ?? null,
    test: start.test ?? false,
    callbackUrl: start.callbackUrl ?? null,
    restoredFrom: start.restoredFrom ?? null,
    startKey: start.startKey ?? null,
    startHash: start.startHash ?? null,
    first: start.first,
  };
}
