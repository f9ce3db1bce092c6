import { z } from "zod";
import type { RunStatus } from "@/core/run-status";
import type { Json, JsonObject } from "@/core/json";
import type { JournalRow, JournalRun, ReadyWaitpoint } from "./journal";

const objectSchema = z.record(z.string(), z.unknown());

export function readRun(row: Record<string, unknown>): JournalRun {
  return {
    id: String(row["id"]),
    organizationId: String(row["organization_id"]),
    workflowId: String(row["workflow_id"]),
    versionId: String(row["version_id"]),
    version: Number(row["version"]),
    status: row["status"] as RunStatus,
    generation: Number(row["generation"]),
    seq: Number(row["seq"]),
    parkedBy: text(row["parked_by"]),
    triggerType: String(row["trigger_type"]),
    triggerLabel: text(row["trigger_label"]),
    input: readObject(row["input"]),
    inputEdits: row["input_edits"] === null ? null : readObject(row["input_edits"]),
    ownerId: String(row["owner_id"]),
    requestedBy: text(row["requested_by"]),
    contactId: text(row["contact_id"]),
    conversationId: text(row["conversation_id"]),
    callbackUrl: text(row["callback_url"]),
    test: row["test"] === true,
    activeMs: Number(row["active_ms"]),
    patch: row["patch"] === null ? null : readObject(row["patch"]),
    createdAt: time(row["created_at"]) ?? 0,
    startedAt: time(row["started_at"]),
    drivers: row["drivers"] as JournalRun["drivers"],
  };
}

export function readRow(row: Record<string, unknown>): JournalRow {
  return {
    key: String(row["key"]),
    g: Number(row["generation"]),
    seq: Number(row["seq"]),
    id: String(row["id"]),
    nodeId: String(row["node_id"]),
    iteration: String(row["iteration"]),
    name: String(row["name"]),
    type: String(row["type"]),
    status: row["status"] as JournalRow["status"],
    attempt: Number(row["attempt"]),
    handle: text(row["handle"]),
    engine: row["engine"] as JournalRow["engine"],
    input: row["input"] as Json,
    output: row["output"] as Json,
    error: row["error"] as JournalRow["error"],
    summary: text(row["summary"]),
    attempts: row["attempts"] as JournalRow["attempts"],
    warnings: row["warnings"] as JournalRow["warnings"],
    startedAt: time(row["started_at"]),
    endedAt: time(row["ended_at"]),
    durationMs: row["duration_ms"] === null ? null : Number(row["duration_ms"]),
  };
}

export function readReady(row: Record<string, unknown>): ReadyWaitpoint {
  const byName = text(row["resolved_by_name"]);
  const email = text(row["resolved_by_email"]);
  return {
    id: String(row["id"]),
    key: String(row["key"]),
    nodeId: String(row["node_id"]),
    kind: String(row["kind"]),
    status: row["status"] === "open" ? "open" : "resolved",
    outcome: text(row["outcome"]),
    request: readObject(row["request"]),
    resolution: row["resolution"] === null ? null : readObject(row["resolution"]),
    by:
      byName === null
        ? null
        : {
            id: text(row["resolved_by_ref"]) ?? text(row["resolved_by_id"]) ?? "",
            name: byName,
            ...(email === null ? {} : { email }),
          },
    at: time(row["resolved_at"]) ?? time(row["due_at"]) ?? 0,
  };
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function time(value: unknown): number | null {
  return value instanceof Date ? value.getTime() : null;
}

/** Our own functions and JSON columns give objects; anything else is corruption and must not go unnoticed. */
export function readObject(value: unknown): JsonObject {
  return objectSchema.parse(value) as JsonObject;
}
