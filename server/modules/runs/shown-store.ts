import { hotPool } from "@/server/db/pools";
import type { OrganizationId } from "@/server/db/tenant";

export async function noteShown(
  organizationId: OrganizationId,
  waitpointIds: readonly string[],
  userId: string,
): Promise<void> {
  await hotPool().query({
    name: "note_shown",
    text: "select note_shown($1, $2, $3)",
    values: [organizationId, [...waitpointIds], userId],
  });
}

/** Of the addresses of forms' pages, which are there before the steps wait. */
export async function noteFormsShown(
  organizationId: OrganizationId,
  runIds: readonly string[],
  userId: string,
): Promise<void> {
  await hotPool().query({
    name: "note_forms_shown",
    text: "select note_forms_shown($1, $2, $3)",
    values: [organizationId, [...runIds], userId],
  });
}
