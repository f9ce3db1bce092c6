import { createHmac } from "node:crypto";
import { asObject, type Json, type JsonObject } from "@/core/json";
import type { OrganizationId } from "@/server/db/tenant";
import { env } from "@/server/env";
import { masksOfRuns } from "./sensitive";
import { coverAt, hiddenMark, valuesAt } from "./sensitive-paths";

/**
 * What people put into a run's input, as the audit log keeps it: lines stay when the run is long deleted, so of what is sensitive they
 * say that it was given, with a hash by which a value that somebody claims can be proved. Keyed: short values would be found by trying.
 */
export async function auditedValues(
  organizationId: OrganizationId,
  runId: string,
  values: JsonObject,
): Promise<JsonObject> {
  if (Object.keys(values).length === 0) return values;
  const mask = (await masksOfRuns(organizationId, [runId])).get(runId);
  if (mask === undefined) return values;
  const covered = mask.secrets.input.reduce<Json>((current, path) => {
    const given = valuesAt(values, path).filter((value) => value !== null);
    return given.length === 0 ? current : coverAt(current, path, `${hiddenMark} ${hashOf(runId, given)}`);
  }, values);
  return asObject(mask(covered));
}

/** Of the values in a run, so that the same value in another run does not show to be the same. */
export function hashOf(runId: string, values: readonly Json[]): string {
  const hash = createHmac("sha256", env().NEXTAUTH_SECRET)
    .update(`audited:${runId}:${JSON.stringify(values.length === 1 ? values[0] : values)}`)
    .digest("hex");
  return `hmac-sha256:${hash}`;
}
