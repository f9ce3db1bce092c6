import { env } from "@/server/env";
import { processWide } from "@/server/process-wide";
import { createRateLimiter, type RateLimiter } from "./rate-limit";

/** What each organization may take of what all share, of one process. */
interface Allowances {
  starts: RateLimiter;
  documents: RateLimiter;
}

export const allowances = processWide<Allowances>("allowances");

/** Of a document: a millisecond's worth. Reading, keeping and sending it on cost more than checking it. */
const bytesOfOne = 20_000;
/** Smaller bodies are nothing to speak of. */
const largeBytes = 64_000;

/** Takes one start of a run, or throws `rate_limited`. For starts from outside: what the product starts by itself is never refused. */
export function takeStart(organizationId: string): void {
  opened().starts.take(organizationId);
}

/** Throws `rate_limited` while what was done for the organization's documents is more than its share. */
export function requireDocumentWork(organizationId: string): void {
  opened().documents.require(organizationId);
}

/** Counts what work on a document took. It is known only afterwards, so that the last one may go beyond the share. */
export function chargeDocumentWork(organizationId: string, milliseconds: number): void {
  opened().documents.charge(organizationId, milliseconds);
}

/** Lets a large document in and counts its size, or throws `rate_limited`. */
export function admitDocument(organizationId: string, bytes: number): void {
  if (bytes <= largeBytes) return;
  requireDocumentWork(organizationId);
  chargeDocumentWork(organizationId, bytes / bytesOfOne);
}

function opened(): Allowances {
  allowances.value ??= openAllowances();
  return allowances.value;
}

function openAllowances(): Allowances {
  const variables = env();
  return {
    starts: createRateLimiter({
      perSecond: variables.HOLDPOINT_STARTS_PER_SECOND,
      burst: variables.HOLDPOINT_STARTS_AT_ONCE,
      refusal: ({ perSecond }) =>
        `More runs are being started than ${String(perSecond)} a second. This one was not started.`,
    }),
    documents: createRateLimiter({
      perSecond: variables.HOLDPOINT_DOCUMENT_WORK_PER_SECOND,
      burst: variables.HOLDPOINT_DOCUMENT_WORK_AT_ONCE,
      refusal: () =>
        "Your organization has had so many large workflows checked that this one has to wait. Nothing was done.",
    }),
  };
}
