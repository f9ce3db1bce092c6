import type { JsonObject } from "@/core/json";
import { parseCondition, type Condition } from "./condition";
import { valueOf } from "./condition-value";
import { limits } from "./limits";
import { durationFromText } from "./time-text";

interface Concurrency {
  limit: number;
  key?: string;
  scope?: string;
}

/** A function as the SDK describes it on sync. */
export interface FunctionConfig {
  id: string;
  triggers: { event?: string; expression?: string; cron?: string; jitter?: string }[];
  steps: Record<string, { retries?: { attempts?: number } }>;
  idempotency?: string;
  concurrency?: number | Concurrency | Concurrency[];
  timeouts?: { start?: string; finish?: string };
  cancel?: { event: string; if?: string; timeout?: string }[];
}

/** A function as the executor uses it: read once, conditions parsed. */
export interface FunctionSpec {
  id: string;
  maxAttempts: number;
  events: { name: string; condition: Condition | null }[];
  crons: { cron: string; jitterMs: number }[];
  idempotency: Condition | null;
  concurrency: { key: string; limit: number; by: Condition | null }[];
  startTimeoutMs: number | null;
  finishTimeoutMs: number | null;
  cancels: { event: string; if?: string; timeoutMs: number }[];
}

export interface Catalog {
  get(id: string): FunctionSpec | undefined;
  all: readonly FunctionSpec[];
  /** Functions with a trigger for this event's name, each with the conditions of those triggers. */
  triggeredBy(eventName: string): readonly { spec: FunctionSpec; condition: Condition | null }[];
  /** Does any function listen to how runs of others end? */
  listensToEnds: boolean;
}

const defaultRetries = 4;
/** Offered by a real server, not by the embedded executor; better refused at start than ignored. */
const unsupported = ["throttle", "rateLimit", "debounce", "batchEvents", "singleton", "priority"] as const;

export function createCatalog(configs: readonly FunctionConfig[]): Catalog {
  const all = configs.map(readConfig);
  const byId = new Map(all.map((spec) => [spec.id, spec]));
  const exact = new Map<string, { spec: FunctionSpec; condition: Condition | null }[]>();
  const prefixes: { prefix: string; entry: { spec: FunctionSpec; condition: Condition | null } }[] = [];
  for (const spec of all) {
    for (const { name, condition } of spec.events) {
      const entry = { spec, condition };
      if (name.endsWith("*")) prefixes.push({ prefix: name.slice(0, -1), entry });
      else exact.set(name, [...(exact.get(name) ?? []), entry]);
    }
  }
  return {
    get: (id) => byId.get(id),
    all,
    triggeredBy: (name) => {
      const entries = exact.get(name) ?? [];
      if (prefixes.length === 0) return entries;
      return [...entries, ...prefixes.filter(({ prefix }) => name.startsWith(prefix)).map(({ entry }) => entry)];
    },
    listensToEnds: all.some((spec) =>
      spec.events.some(
        ({ name }) =>
          name === "inngest/function.finished" ||
          (name.endsWith("*") && "inngest/function.finished".startsWith(name.slice(0, -1))),
      ),
    ),
  };
}

/** Keys that a run holds while one of its calls executes. */
export function concurrencyKeys(
  spec: FunctionSpec,
  event: JsonObject,
): { limitKeys: string[]; limitSizes: number[] } | null {
  if (spec.concurrency.length === 0) return null;
  return {
    limitKeys: spec.concurrency.map(({ key, by }) => (by ? `${key}:${JSON.stringify(valueOf(by, { event }))}` : key)),
    limitSizes: spec.concurrency.map(({ limit }) => limit),
  };
}

export function timeoutsOf(spec: { startTimeoutMs: number | null; finishTimeoutMs: number | null }): {
  startTimeoutMs?: number;
  finishTimeoutMs?: number;
} {
  return {
    ...(spec.startTimeoutMs === null ? {} : { startTimeoutMs: spec.startTimeoutMs }),
    ...(spec.finishTimeoutMs === null ? {} : { finishTimeoutMs: spec.finishTimeoutMs }),
  };
}

function readConfig(config: FunctionConfig): FunctionSpec {
  for (const option of unsupported) {
    if (option in config)
      throw new Error(
        `Function "${config.id}" uses ${option}, which the embedded executor does not offer. Remove it, or run against an Inngest server.`,
      );
  }
  const retries = Math.min(config.steps["step"]?.retries?.attempts ?? defaultRetries, limits.retries);
  return {
    id: config.id,
    maxAttempts: retries + 1,
    events: config.triggers.flatMap(({ event, expression }) =>
      event === undefined ? [] : [{ name: event, condition: expression ? parseCondition(expression) : null }],
    ),
    crons: config.triggers.flatMap(({ cron, jitter }) =>
      cron === undefined ? [] : [{ cron, jitterMs: jitter ? durationFromText(jitter) : 0 }],
    ),
    idempotency: config.idempotency ? parseCondition(config.idempotency) : null,
    concurrency: concurrencyOf(config),
    startTimeoutMs: config.timeouts?.start ? durationFromText(config.timeouts.start) : null,
    finishTimeoutMs: config.timeouts?.finish ? durationFromText(config.timeouts.finish) : null,
    cancels: (config.cancel ?? []).map(({ event, if: condition, timeout }) => {
      if (condition !== undefined) parseCondition(condition);
      return {
        event,
        ...(condition === undefined ? {} : { if: condition }),
        timeoutMs: timeout ? durationFromText(timeout) : 365 * 86_400_000,
      };
    }),
  };
}

function concurrencyOf({ id, concurrency }: FunctionConfig): FunctionSpec["concurrency"] {
  if (concurrency === undefined) return [];
  const list = Array.isArray(concurrency)
    ? concurrency
    : [typeof concurrency === "number" ? { limit: concurrency } : concurrency];
  return list
    .filter(({ limit }) => limit > 0)
    .map(({ limit, key, scope = "fn" }, index) => ({
      key: scope === "fn" ? `${id}:${index}` : `${scope}:${key ?? ""}`,
      limit,
      by: key === undefined ? null : parseCondition(key),
    }));
}
