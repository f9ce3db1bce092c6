import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { z } from "zod";
import { projectRoot } from "@/scripts/db/project-files";
import type { RestClient, RunObject } from "./rest";

export const kycSlug = "indonesian-kyc-v1";

const specSchema = z.looseObject({ nodes: z.array(z.looseObject({ id: z.string() })) });
const documentSchema = z.looseObject({ slug: z.string(), name: z.string(), spec: specSchema });
export const definitionSchema = z.object({
  data: z.object({
    workflow: z.looseObject({ id: z.string(), slug: z.string(), version: z.number(), spec: specSchema }),
  }),
});
export const listSchema = z.object({
  data: z.object({
    workflows: z.array(
      z.looseObject({ id: z.string(), slug: z.string(), _count: z.object({ executions: z.number() }) }),
    ),
  }),
});
export const versionsSchema = z.object({
  data: z.object({ versions: z.array(z.looseObject({ number: z.number() })) }),
});
const startedSchema = z.object({
  data: z.object({
    execution: z.object({
      id: z.string().regex(/^run_[0-9A-HJKMNP-TV-Z]{26}$/),
      status: z.string(),
      version: z.number(),
    }),
  }),
});

export async function kycDocument(): Promise<z.output<typeof documentSchema>> {
  return documentSchema.parse(JSON.parse(await readFile(join(projectRoot, "workflows", `${kycSlug}.json`), "utf8")));
}

export async function startKyc(rest: RestClient, input: object, workflow = kycSlug): Promise<string> {
  const started = await rest.post(`/api/workflows/${workflow}/executions`, { input });
  expect(started.status).toBe(202);
  return startedSchema.parse(started.json).data.execution.id;
}

export function statuses(run: RunObject): Record<string, string> {
  return Object.fromEntries(run.steps.map((step) => [step.node_id, step.status]));
}

export function outputOf(run: RunObject, nodeId: string): unknown {
  return run.steps.find((step) => step.node_id === nodeId)?.output;
}

export function headersOf(headers: Record<string, string | string[] | undefined> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]));
}
