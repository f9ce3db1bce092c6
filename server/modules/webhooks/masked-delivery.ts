import type { DeliveryItem } from "@/core/contracts/webhook";
import { splitNodeKey } from "@/core/engine/node-keys";
import { asObject, type Json } from "@/core/json";
import type { Actor } from "@/server/db/tenant";
import { coveredAt, hiddenMark, maskedAt, masksOfRuns, noMask, type Mask } from "@/server/modules/runs/service";
import type { WebhookDeliveryRow } from "./repository";

type Shown = Pick<WebhookDeliveryRow, "subject" | "address" | "lastError"> & { payload: Json; response: Json };

/** What was sent, as far as whoever looks at the run that sent it sees it: the receiver got it whole. */
function maskedDelivery(row: WebhookDeliveryRow, mask: Mask): Shown {
  return {
    subject: mask(row.subject),
    address: mask(row.address),
    lastError: mask(row.lastError),
    payload: mask(payloadShown(row, mask)),
    // jsonb columns hold JSON values only.
    response: mask((row.response ?? null) as Json),
  };
}

function payloadShown(row: WebhookDeliveryRow, mask: Mask): Json {
  const payload = (row.payload ?? null) as Json;
  // Told by the run's end: its output and message stand in it.
  if (row.stepKey === null) {
    const { output = null, message = null, ...rest } = asObject(payload);
    const covered = { ...rest, output: outputShown(output, mask), message: messageShown(message, mask) };
    return row.subject?.startsWith("run.") === true ? covered : payload;
  }
  const { nodeId } = splitNodeKey(row.stepKey);
  const recorded: Json = { event: row.subject, payload };
  const traced = coveredAt(recorded, "output", mask.secrets.steps.get(nodeId)?.hidden);
  return asObject(maskedAt(traced, mask.marked.get(nodeId) ?? []))["payload"] ?? hiddenMark;
}

function outputShown(output: Json, { secrets }: Mask): Json {
  return asObject(
    coveredAt(
      { output },
      "output",
      secrets.output.map((path) => ({ path: ["output", "output", ...path], shows: hiddenMark })),
    ),
  )["output"] as Json;
}

function messageShown(message: Json, { secrets }: Mask): Json {
  return secrets.message && typeof message === "string" && message.length < 4 ? hiddenMark : message;
}

/** Masked as the runs are that sent them. */
export async function describeDeliveries(
  { organizationId }: Actor,
  rows: readonly WebhookDeliveryRow[],
): Promise<DeliveryItem[]> {
  const masks = await masksOfRuns(
    organizationId,
    rows.flatMap(({ runId }) => runId ?? []),
  );
  return rows.map((row) => describeDelivery(row, masks.get(row.runId ?? "") ?? noMask));
}

function describeDelivery(row: WebhookDeliveryRow, mask: Mask): DeliveryItem {
  const shown = maskedDelivery(row, mask);
  return {
    id: row.id,
    event: shown.subject ?? "",
    url: shown.address,
    run_id: row.runId,
    status: row.status,
    attempts: row.attempts,
    last_error: shown.lastError,
    payload: shown.payload,
    response: shown.response,
    created_at: row.createdAt.toISOString(),
    delivered_at: row.deliveredAt?.toISOString() ?? null,
  };
}

/** What no run sent. */
export function describeUnsent(row: WebhookDeliveryRow): DeliveryItem {
  return describeDelivery(row, noMask);
}
