import type { RunStatus, RunStep } from "@/core/contracts/run";
import { runStepAhead } from "@/core/contracts/run-step-ahead";
import type { StepStatus } from "@/core/engine/protocol";
import { asObject, type Json } from "@/core/json";
import type { Spec, SpecNode } from "@/core/spec/document";
import type { StepDefinitions } from "@/core/spec/step-definition";
import { stepDefinitions } from "@/steps/definitions";
import type { RowEngine } from "./journal";
import type { listOpenWaitpoints, listStepRuns } from "./repository";

export type OpenWaitpoint = Awaited<ReturnType<typeof listOpenWaitpoints>>[number];
export type StepRow = Awaited<ReturnType<typeof listStepRuns>>[number];

/** Steps that have a row in journal order, then those of the document that were not reached, in its order. */
export function runSteps(
  spec: Spec,
  rows: readonly StepRow[],
  open: readonly OpenWaitpoint[],
  names: ReadonlyMap<string, string>,
  status: RunStatus,
): RunStep[] {
  const nodes = new Map(allNodes(spec).map((node) => [node.id, node]));
  const openByKey = new Map(open.map((waitpoint) => [waitpoint.key, waitpoint]));
  const reached = new Set(rows.map((row) => row.nodeId));
  const startOf = (row: StepRow): number => row.startedAt?.getTime() ?? row.endedAt?.getTime() ?? 0;
  const done = [...rows]
    .sort((left, right) => startOf(left) - startOf(right) || left.seq - right.seq)
    .map((row) => stepFromRow(row, nodes.get(row.nodeId), openByKey.get(row.key), names));
  const isOver = status === "completed" || status === "failed" || status === "cancelled";
  const ahead = isOver ? [] : spec.nodes.filter((node) => !reached.has(node.id)).map(stepAhead);
  return [...done, ...ahead];
}

function stepFromRow(
  row: StepRow,
  node: SpecNode | undefined,
  open: OpenWaitpoint | undefined,
  names: ReadonlyMap<string, string>,
): RunStep {
  const hidden = node?.sensitive ?? [];
  return {
    id: row.id,
    key: row.key,
    nodeId: row.nodeId,
    iteration: row.iteration,
    name: row.name,
    type: row.type,
    status: row.status as StepStatus,
    attempt: row.attempt,
    ...(row.handle === null ? {} : { handle: row.handle }),
    detail: node ? nodeSummary(node) : "",
    summary: row.summary,
    input: masked((row.input as Json | undefined) ?? null, hidden),
    output: masked((row.output as Json | undefined) ?? null, hidden),
    error: failure(row.error as RunStep["error"], hidden),
    response: ((row.engine as RowEngine | null)?.response ?? null) satisfies RunStep["response"],
    attempts: (row.attempts as RunStep["attempts"] | null) ?? [],
    warnings: (row.warnings as string[] | null) ?? [],
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    durationMs: row.durationMs,
    waiting: open
      ? {
          waitpointId: open.id,
          kind: open.kind,
          for: open.assignees.map((ref) => names.get(ref) ?? ref),
          since: open.createdAt.toISOString(),
          dueAt: open.dueAt?.toISOString() ?? null,
          ...callbackUrlOf(open),
        }
      : null,
  };
}

/** What a service refused with stands where the output would: the same paths are hidden in it. */
function failure(error: RunStep["error"], hidden: readonly string[]): RunStep["error"] {
  return error?.body === undefined ? error : { ...error, body: masked(error.body, hidden) };
}

function callbackUrlOf({ kind, request }: OpenWaitpoint): { callbackUrl?: string } {
  const url = asObject(request as Json)["callbackUrl"];
  return kind === "callback" && typeof url === "string" ? { callbackUrl: url } : {};
}

function stepAhead(node: SpecNode): RunStep {
  const { id: nodeId, type } = node;
  return runStepAhead({ nodeId, type, name: node.name ?? titleOf(node), detail: nodeSummary(node) });
}

function titleOf(node: SpecNode): string {
  const definitions: StepDefinitions = stepDefinitions;
  return definitions[node.type]?.title ?? node.id;
}

function nodeSummary(node: SpecNode): string {
  const definitions: StepDefinitions = stepDefinitions;
  const definition = definitions[node.type];
  const config = definition?.config.safeParse(node);
  return definition && config?.success ? definition.summary(config.data) : "";
}

function allNodes(spec: Pick<Spec, "nodes">): SpecNode[] {
  return spec.nodes.flatMap((node) => {
    const body = node["body"];
    return typeof body === "object" && body !== null && "nodes" in body
      ? [node, ...allNodes(body as Pick<Spec, "nodes">)]
      : [node];
  });
}

/** Values at the node's `sensitive` paths are never shown. */
function masked(value: Json, paths: readonly string[]): Json {
  return paths.reduce((current, path) => maskAt(current, path.split(".")), value);
}

function maskAt(value: Json, path: readonly string[]): Json {
  const [head, ...rest] = path;
  if (head === undefined) return "••••";
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  if (head === "input" || head === "output") return maskAt(value, rest);
  const inner = value[head];
  return inner === undefined ? value : { ...value, [head]: maskAt(inner, rest) };
}
