import type { Spec } from "@/core/workflow/document";
import { indexSpec } from "@/core/workflow/spec-index";
import type { Actor } from "@/server/db/tenant";
import { connectionOf, connectionsOf } from "@/server/modules/connections/service";
import { stepDefinitions } from "@/steps/definitions";

/** Connections marked live that a run of this document may call. A slug that is only known in the run may mean any of them. */
export async function liveConnections(
  actor: Actor,
  spec: Spec,
  isPinned: (nodeId: string) => boolean,
): Promise<{ slug: string; name: string }[]> {
  const live = (await connectionsOf(actor.organizationId)).filter((connection) => connection.is_live);
  if (live.length === 0) return [];
  const used = new Set<string>();
  for (const { node, definition, config } of indexSpec(spec, stepDefinitions).nodes.values()) {
    if (isPinned(node.id) || node.disabled || !definition || config === undefined) continue;
    const slug = connectionOf(definition, config);
    if (slug !== null) used.add(slug);
  }
  const isAny = [...used].some((slug) => slug.includes("${"));
  return live.filter(({ slug }) => isAny || used.has(slug)).map(({ slug, name }) => ({ slug, name }));
}
