import type { JsonObject } from "@/core/json";
import type { CorrectionRow } from "./history-store";

/** The input that counted at a position, of a run whose input people have corrected. */
export interface CorrectedInput {
  /** What started it, with the corrections of retries: they replace it. */
  input: JsonObject;
  /** What approvers changed: laid over `input.*` only. */
  inputEdits: JsonObject | null;
}

/**
 * Takes the corrections that had been made by then, in their order. A patch counts for what came after its retry; edits
 * count where the approval that was given with them does.
 */
export function correctedInput(
  input: JsonObject,
  corrections: readonly CorrectionRow[],
  snapshot: { position: number; kept: readonly { key: string; superseded: boolean; endedAt: Date | null }[] },
): CorrectedInput {
  const kept = new Map(snapshot.kept.map((row) => [row.key, row]));
  let corrected = input;
  let edits: JsonObject = {};
  for (const { kind, at, position, key, values } of corrections) {
    if (kind === "patch") {
      if (position === null || position >= snapshot.position) continue;
      corrected = { ...corrected, ...values };
      edits = Object.fromEntries(Object.entries(edits).filter(([field]) => !Object.hasOwn(values, field)));
      continue;
    }
    const row = key === null ? undefined : kept.get(key);
    // An approval that was asked again later has several answers; the first ones belong to the row that was superseded.
    const isLater = row?.superseded === true && row.endedAt !== null && at > row.endedAt;
    if (row && !isLater) edits = { ...edits, ...values };
  }
  return { input: corrected, inputEdits: Object.keys(edits).length > 0 ? edits : null };
}
