import { LRUCache } from "lru-cache";
import { AppError } from "@/core/errors";
import { readId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import type { Spec, Trigger, WorkflowConfig } from "@/core/workflow/document";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import { createWeighedCache } from "@/server/weighed-cache";
import { stepDefinitions } from "@/steps/definitions";
import {
  findStartable,
  findStoredVersion,
  findStoredVersionByNumber,
  findWebhookAddress,
  type StartableWorkflow,
  type StoredVersion,
  type WebhookAddress,
} from "./store";

/** What a start needs of a version. Versions are immutable, so this is never stale. */
export interface StartFacts {
  versionId: string;
  version: number;
  /** The start node when a driver may begin with it at once; null when pure steps or a wait come first. */
  first: string | null;
  inputSchema: JsonObject | null;
  triggers: readonly Trigger[];
  /** How many may run at once; null = any number. */
  concurrency: (WorkflowConfig["concurrency"] & { limit: number }) | null;
  variables: JsonObject;
}

/** How long another process's publish, retire or switch may go unnoticed here. Own ones are noticed at once. */
const freshMs = 1000;
const maxWorkflows = 5000;
/** What facts of versions may take in memory, by the length of their JSON; a schema made ready is a few times as long. */
const factsBytes = 16 * 1024 * 1024;

const workflows = new LRUCache<string, Promise<StartableWorkflow | null>>({ max: maxWorkflows, ttl: freshMs });
const addresses = new LRUCache<string, Promise<WebhookAddress | null>>({ max: maxWorkflows, ttl: freshMs });
const versions = createWeighedCache<StartFacts>(factsBytes, (facts) => JSON.stringify(facts).length);

/** The workflow behind an id in any form, or a slug. */
export function startableWorkflow(organizationId: string, idOrSlug: string): Promise<StartableWorkflow | null> {
  const id = readId("workflow", idOrSlug);
  return remember(workflows, `${organizationId}/${id ?? idOrSlug}`, () =>
    findStartable(organizationId, id === null ? { slug: idOrSlug } : { id }),
  );
}

/** The same, read now: for what a second person's word or an approval hangs on. */
export function currentWorkflow(organizationId: string, idOrSlug: string): Promise<StartableWorkflow | null> {
  const id = readId("workflow", idOrSlug);
  return findStartable(organizationId, id === null ? { slug: idOrSlug } : { id });
}

export function webhookAddress(tokenHash: string, type: string): Promise<WebhookAddress | null> {
  return remember(addresses, `${type} ${tokenHash}`, () => findWebhookAddress(tokenHash, type));
}

/** After a change of this process's own: the next start reads again. */
export function forgetStartable(): void {
  workflows.clear();
  addresses.clear();
}

export function startFacts(versionId: string): Promise<StartFacts> {
  return versions.get(versionId, async () => {
    const version = await findStoredVersion(versionId);
    if (!version) throw new Error(`Version ${versionId} does not exist`);
    return factsOf(version);
  });
}

/** A version named by its number: only one that was live before. */
export async function startFactsOfNumber(workflow: StartableWorkflow, number: number): Promise<StartFacts> {
  const version = await findStoredVersionByNumber(workflow.id, number);
  if (!version)
    throw new AppError("validation_failed", `"${workflow.slug}" has no version ${String(number)}.`, [
      { code: "unknown_version", path: "version", message: "Name a version that exists." },
    ]);
  if (version.publishedAt === null)
    throw new AppError(
      "workflow_not_published",
      `Version ${String(number)} of "${workflow.slug}" was never published. Publish it, or name another version.`,
    );
  return factsOf(version);
}

function factsOf({ id, number, spec, triggers, config }: StoredVersion): StartFacts {
  return {
    versionId: id,
    version: number,
    first: firstStep(spec, config),
    inputSchema: spec.inputSchema ?? null,
    triggers,
    concurrency: config.concurrency.limit === null ? null : { ...config.concurrency, limit: config.concurrency.limit },
    variables: config.variables,
  };
}

function firstStep(spec: Spec, config: WorkflowConfig): string | null {
  const node = spec.nodes.find(({ id }) => id === spec.startNodeId);
  if (!node || node.disabled === true || config.maxAgeMs !== null) return null;
  const definitions: StepDefinitions = stepDefinitions;
  return definitions[node.type]?.kind === "effect" ? node.id : null;
}

function remember<T>(cache: LRUCache<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  const known = cache.get(key);
  if (known) return known;
  const value = read();
  cache.set(key, value);
  value.catch(() => {
    if (cache.peek(key) === value) cache.delete(key);
  });
  return value;
}
