import type { Spec } from "@/core/workflow/document";
import { asObject, type JsonObject } from "@/core/json";
import { traceSecrets } from "@/core/workflow/trace-secrets";
import type { OrganizationId } from "@/server/db/tenant";
import { runVersionSpec } from "@/server/modules/runs/service";
import { createWeighedCache } from "@/server/weighed-cache";
import { stepDefinitions } from "@/steps/definitions";

/** Versions never change: what of their input is sensitive is worked out once. */
const known = createWeighedCache<string[]>(1024 * 1024, (names) => JSON.stringify(names).length);

/** The fields of a workflow's input that hold something which one of its steps calls sensitive. */
export function sensitiveAnswers(
  organizationId: OrganizationId,
  versionId: string,
  schema: JsonObject | null,
): Promise<string[]> {
  return known.get(`${organizationId}/${versionId}`, async () => {
    const spec = await runVersionSpec(organizationId, versionId);
    if (!JSON.stringify(spec).includes('sensitive"')) return [];
    // Written only after validation against the same schema.
    const { input } = traceSecrets(spec as unknown as Spec, stepDefinitions, new Set());
    const names = Object.keys(asObject(schema?.["properties"]));
    return names.filter((name) => input.some(([first = name]) => first === name));
  });
}
