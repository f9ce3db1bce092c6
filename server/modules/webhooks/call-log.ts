import { newId } from "@/core/ids";
import { asObject } from "@/core/json";
import { storableJson, storableText } from "@/core/storable-text";
import { beforeClosing } from "@/server/db/pools";
import { logger } from "@/server/logger";
import { insertCalls, type TriggerCall } from "./call-store";

/** Calls of the same moment are written together, so that no caller waits for the record of its call. */
const writeAfterMs = 50;
const maxPending = 10_000;

let pending: TriggerCall[] = [];
let timer: NodeJS.Timeout | undefined;
let writing: Promise<void> = Promise.resolve();

/** A tick of a schedule has no sender, and says nothing of one. */
type NotedCall = Omit<TriggerCall, "id" | "createdAt" | SenderField> & Partial<Pick<TriggerCall, "id" | SenderField>>;
type SenderField = "request" | "deliveryId" | "startKey" | "initiatedBy" | "warnings";

/** Keeps what came of a call. Written a moment later; a process that is killed in between loses the record, never the run. */
export function noteCall({ warnings = null, ...call }: NotedCall): void {
  if (pending.length >= maxPending) return;
  pending.push({
    request: null,
    deliveryId: null,
    startKey: null,
    initiatedBy: null,
    ...call,
    warnings: warnings === null || warnings.length === 0 ? null : warnings,
    id: call.id ?? newId(),
    createdAt: new Date(),
  });
  timer ??= setTimeout(() => void callsWritten(), writeAfterMs);
}

/** Resolves when every call noted so far is in the database. */
export function callsWritten(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const calls = pending;
  pending = [];
  if (calls.length > 0)
    writing = writing.then(() =>
      // What one sender sent must not take the record of the others with it.
      insertCalls(calls).catch(() => writtenSingly(calls)),
    );
  return writing;
}
beforeClosing(callsWritten);

async function writtenSingly(calls: readonly TriggerCall[]): Promise<void> {
  for (const { body, request, message, warnings, ...call } of calls)
    await insertCalls([
      {
        ...call,
        body: storableJson(body),
        request: request === null ? null : asObject(storableJson(request)),
        message: message === null ? null : storableText(message),
        warnings: warnings === null ? null : warnings.map(storableText),
      },
    ]).catch((error: unknown) => {
      logger().warn({ err: error, trigger: call.triggerId }, "a call of a trigger could not be recorded");
    });
}
