import { asObject, type Json } from "@/core/json";
import type { Trigger } from "@/core/workflow/document";
import type { AnswerForm } from "@/core/workflow/trigger-words";
import { env } from "@/server/env";
import type { RunOutcome } from "@/server/modules/runs/service";

/** What a caller of a webhook gets. */
export interface HookAnswer {
  status: number;
  /** Of the body: a text is sent as it is, `empty` sends nothing. */
  form: AnswerForm;
  body: Json;
  headers?: Record<string, string>;
}

type Settings = Pick<Trigger, "answer" | "answerText" | "answerStatus" | "failedStatus">;

const defaultFailedStatus = 500;

/** At once: the run is stored. */
export function acceptedAnswer(settings: Settings, runId: string, existing: boolean): HookAnswer {
  const form = settings.answer ?? "json";
  return {
    status: settings.answerStatus ?? (existing ? 200 : 202),
    form,
    body: form === "text" ? (settings.answerText ?? "OK") : { run_id: runId },
    headers: { "holdpoint-run-id": runId },
  };
}

/** The trigger's filter says that this call is not for the workflow; its sender has done nothing wrong. */
export function ignoredAnswer(settings: Settings): HookAnswer {
  const form = settings.answer ?? "json";
  return {
    status: settings.answerStatus ?? 200,
    form,
    body: form === "text" ? (settings.answerText ?? "OK") : { run_id: null, status: "ignored" },
  };
}

/**
 * The run's output once it is there. A run that failed or was cancelled answers `failedStatus` with its message, error and output;
 * one that goes on answers `unfinishedStatus` with the address to ask at.
 */
export function outcomeAnswer(
  settings: Settings,
  runId: string,
  outcome: RunOutcome | null,
  unfinishedStatus: number,
): HookAnswer {
  const status = outcome?.status ?? "pending";
  const form = settings.answer ?? "json";
  const headers = { "holdpoint-run-id": runId, "holdpoint-run-status": status };
  // A jsonb column holds JSON values only.
  const output = (outcome?.output ?? null) as Json;
  if (status === "completed") return { status: 200, form, body: form === "text" ? asText(output) : output, headers };
  if (status === "failed" || status === "cancelled") {
    const message = messageOf(outcome, output) ?? `The run was ${status}.`;
    return {
      status: settings.failedStatus ?? defaultFailedStatus,
      form,
      body: form === "text" ? message : { run_id: runId, status, message, error: outcome?.error ?? null, output },
      headers,
    };
  }
  const statusUrl = `${env().HOLDPOINT_BASE_URL}/api/v1/workflows/${runId}`;
  return {
    status: unfinishedStatus,
    form,
    body: form === "text" ? statusUrl : { run_id: runId, status, status_url: statusUrl },
    headers,
  };
}

function messageOf(outcome: RunOutcome | null, output: Json): string | null {
  const candidates = [
    outcome?.error?.["message"],
    outcome?.message,
    asObject(output)["message"],
    outcome?.cancelReason,
  ];
  return candidates.find((each): each is string => typeof each === "string" && each !== "") ?? null;
}

function asText(output: Json): string {
  if (output === null) return "";
  return typeof output === "string" ? output : JSON.stringify(output);
}
