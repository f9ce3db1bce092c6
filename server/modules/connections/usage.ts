import { z } from "zod";
import { findAction } from "@/connectors/definitions";
import type { AnyStepDefinition } from "@/core/workflow/step-definition";
import type { OrganizationId } from "@/server/db/tenant";
import { stepDefinitions } from "@/steps/definitions";
import { findPublishedSpecs } from "./repository";

const nodeSchema = z.looseObject({ type: z.string() });
const nodesSchema = z.looseObject({ nodes: z.array(nodeSchema).default([]) });

const definitions: ReadonlyMap<string, AnyStepDefinition> = new Map(Object.entries(stepDefinitions));

/** Slugs of the live workflows that call through the connection, in their steps or in the steps of their loops. */
export async function workflowsUsing(organizationId: OrganizationId, connectionSlug: string): Promise<string[]> {
  const published = await findPublishedSpecs(organizationId);
  return published.filter(({ spec }) => connectionsOf(spec).has(connectionSlug)).map(({ slug }) => slug);
}

function connectionsOf(spec: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const pending: unknown[] = [spec];
  while (pending.length > 0) {
    const parsed = nodesSchema.safeParse(pending.pop());
    for (const node of parsed.data?.nodes ?? []) {
      const definition = definitions.get(node.type);
      const config = definition?.config.safeParse(node);
      if (!definition || !config?.success) continue;
      const slug = connectionOf(definition, config.data);
      if (slug !== null) found.add(slug);
      pending.push(definition.body?.(config.data));
    }
  }
  return found;
}

/** The connection a step calls through (maybe a template), by name or by its action's default; null for none. */
export function connectionOf(definition: AnyStepDefinition, config: unknown): string | null {
  const named = definition.connection?.(config) ?? null;
  if (named !== null && named !== "") return named;
  const action = definition.action?.(config);
  return action === undefined ? null : (findAction(action.id)?.connector.defaultConnection ?? null);
}
