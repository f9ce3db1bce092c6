import type { OrganizationId } from "@/server/db/tenant";
import { memberNames, nameRefs } from "@/server/modules/directory/service";

/** Names by reference: of every member, and of the roles and teams that are asked. */
export async function namesAround(
  organizationId: OrganizationId,
  open: readonly { assignees: readonly string[] }[],
): Promise<ReadonlyMap<string, string>> {
  const [refs, members] = await Promise.all([
    nameRefs(
      organizationId,
      open.flatMap(({ assignees }) => assignees),
    ),
    memberNames(organizationId),
  ]);
  return new Map([...[...members].map(([id, name]): [string, string] => [`user:${id}`, name]), ...refs]);
}
