import { findInadmissible } from "@/core/admissible-json";
import type { Json, JsonObject } from "@/core/json";
import { storableText } from "@/core/storable-text";
import { createRateLimiter } from "@/server/http/rate-limit";
import { parseExactJson } from "@/server/integrations/http/exact-json";
import type { WebhookAddress } from "@/server/modules/workflows/service";
import { noteCall } from "./call-log";

/** What is known of a call so far; filled in while it is worked on. */
export interface CallFacts {
  id: string;
  request: JsonObject;
  /** undefined: nobody has read it. */
  body: Json | undefined;
  deliveryId: string | null;
  startKey: string | null;
  /** The member who made the call for a test. */
  initiatedBy: string | null;
  /** What was taken, but not quite as it was sent. */
  warnings: readonly string[];
  /** For the webhook's owner alone: why a call that was taken started nothing, or proved nothing. */
  remark?: string;
}

/** Anyone who knows the address can make it refuse: of unproven calls, and of those beyond the limit, only so many are kept. */
const cheapRefusals: ReadonlySet<number> = new Set([401, 405, 410, 429]);
const unproven = createRateLimiter({ perSecond: 2, burst: 50 });
const keptBodyBytes = 64 * 1024;

/** Keeps the call with what came of it. */
export function noteAnswer(
  { organizationId, id: workflowId, triggerId, addressId }: WebhookAddress,
  { remark: _remark, body, ...facts }: CallFacts,
  bytes: Uint8Array,
  result: { status: number; message: string | null; runId: string | null },
): void {
  if (cheapRefusals.has(result.status) && !mayNote(addressId)) return;
  noteCall({ ...facts, ...result, organizationId, workflowId, triggerId, body: keptBody(body, bytes) });
}

function mayNote(addressId: string): boolean {
  try {
    unproven.take(addressId);
    return true;
  } catch {
    return false;
  }
}

/** What was not read, or could not be, is kept as JSON where it is some, else as its text. */
function keptBody(body: Json | undefined, bytes: Uint8Array): Json {
  if (bytes.length > keptBodyBytes) return null;
  if (body !== undefined) return body;
  const text = new TextDecoder().decode(bytes);
  const parsed = parseExactJson(text);
  return parsed.ok && findInadmissible(parsed.value) === null ? parsed.value : storableText(text);
}
