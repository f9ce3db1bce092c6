import { AppError } from "@/core/errors";
import { env } from "@/server/env";
import { processWide } from "@/server/process-wide";
import { listDemoOrganizations } from "./store";

/** What is closed is closed for pages and the REST API alike. */
const closed = processWide<ReadonlySet<string>>("closed organizations");

/**
 * Without demo mode its people, keys, links and addresses let nobody in: their passwords were printed once. Nothing of it
 * starts or goes on either. Called when web and worker start; only the demo's own start makes such an organization.
 */
export async function closeDemoUnlessOn(): Promise<void> {
  if (env().HOLDPOINT_DEMO) {
    closed.value = undefined;
    return;
  }
  closed.value = new Set(await listDemoOrganizations());
}

export function isClosed(organizationId: string): boolean {
  return closed.value?.has(organizationId) ?? false;
}

/** For queries over all organizations. */
export function closedOrganizations(): string[] {
  return [...(closed.value ?? [])];
}

export async function isDemoOrganization(organizationId: string): Promise<boolean> {
  return (await listDemoOrganizations()).includes(organizationId);
}

/** Throws `forbidden` for the demo organization while the demo is off. */
export function requireOpen(organizationId: string): void {
  if (isClosed(organizationId))
    throw new AppError(
      "forbidden",
      "This belongs to the demo organization, and the demo is off here. Use an organization of your own, or start with HOLDPOINT_DEMO=on.",
    );
}
