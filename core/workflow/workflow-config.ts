import { z } from "zod";
import type { Json, JsonObject } from "@/core/json";
import { plainProblem } from "@/core/plain-problem";
import type { Issue, WorkflowConfig } from "./document";
import { defaultConfig } from "./document";
import { isJsonObject, ownField, withoutKeys } from "@/core/json-guard";
import { milliseconds, timeRanges } from "./milliseconds";
import { backoffSchema } from "./node-fields";
import { unknownIssue, unknownNamesIn } from "./unknown-names";

const limit = z.int().positive().max(100_000);

/** A workflow's settings, with the defaults of `defaultConfig`. */
export const workflowConfigSchema = z.object({
  timeoutMs: milliseconds(timeRanges.run)
    .default(defaultConfig.timeoutMs)
    .describe("Active time of a run in ms, at most 24 days; waiting does not count"),
  maxRetries: z
    .int()
    .min(0)
    .max(100)
    .default(defaultConfig.maxRetries)
    .describe("Retries of a failed step after its first try"),
  backoff: backoffSchema.default(defaultConfig.backoff).describe("Delay between tries"),
  variables: z.record(z.string(), z.json()).default(defaultConfig.variables),
  maxAgeMs: milliseconds(timeRanges.wait)
    .nullable()
    .default(defaultConfig.maxAgeMs)
    .describe("Wall-clock limit of a run in ms, at most 10 years"),
  concurrency: z
    .object({
      limit: limit.nullable().default(null),
      key: z.string().min(1).nullable().default(null),
      whenFull: z.enum(["queue", "skip", "cancel_oldest"]).default("queue"),
    })
    .default(defaultConfig.concurrency),
});

/** Settings that act at once and are no part of a version. */
export const operationalConfigSchema = z.object({
  enabled: z.boolean().optional(),
  whileDraft: z.enum(["serve_published", "block"]).optional(),
});

export interface ImportedConfig {
  config: WorkflowConfig;
  enabled?: boolean;
  whileDraft?: "serve_published" | "block";
  /** Fields that are not known here. */
  unknown: JsonObject;
}

/** Everything that `config` of a document may say. */
export const configFields = {
  ...workflowConfigSchema.shape,
  ...operationalConfigSchema.shape,
  serveWhileDraft: z.boolean().optional(),
};

const knownKeys: ReadonlySet<string> = new Set(Object.keys(configFields));

/** `config` of a workflow document; null after issues were noted. */
export function importConfig(raw: Json | undefined, issues: Issue[]): ImportedConfig | null {
  if (raw === undefined || raw === null) return { config: defaultConfig, unknown: {} };
  if (!isJsonObject(raw)) {
    issues.push({
      code: "invalid_shape",
      severity: "error",
      path: "config",
      message: "The configuration is an object.",
    });
    return null;
  }
  const config = workflowConfigSchema.safeParse(raw, { error: plainProblem });
  const operational = operationalConfigSchema.safeParse(raw, { error: plainProblem });
  for (const problem of [...(config.error?.issues ?? []), ...(operational.error?.issues ?? [])]) {
    issues.push({
      code: "invalid_config",
      severity: "error",
      path: ["config", ...problem.path.map(String)].join("."),
      message: `"${problem.path.map(String).join(".")}" is not right. ${problem.message}`,
    });
  }
  if (!config.success || !operational.success) {
    // What is missing is often there under a misspelt name.
    issues.push(...unknownNamesIn(configFields, raw).map((found) => unknownIssue(found, "config")));
    return null;
  }
  const { enabled, whileDraft = spokenWhileDraft(ownField(raw, "serveWhileDraft")) } = operational.data;
  return {
    config: config.data,
    ...(enabled === undefined ? {} : { enabled }),
    ...(whileDraft === undefined ? {} : { whileDraft }),
    unknown: withoutKeys(raw, knownKeys),
  };
}

/** The same setting as a yes or no. */
function spokenWhileDraft(value: Json | undefined): "serve_published" | "block" | undefined {
  if (typeof value !== "boolean") return undefined;
  return value ? "serve_published" : "block";
}
