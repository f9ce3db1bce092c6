import type { RunAttempt, RunStatus, RunStep } from "@/core/contracts/run";
import { runStepAhead } from "@/core/contracts/run-step-ahead";
import type { StepStatus } from "@/core/engine/protocol";
import { isFinalRunStatus } from "@/core/engine/transitions";
import { asObject, type Json } from "@/core/json";
import type { Spec, SpecNode } from "@/core/spec/document";
import type { StepDefinitions } from "@/core/spec/step-definition";
import { stepDefinitions } from "@/steps/definitions";
import { attemptsOf, byKey } from "./attempts";
import type { RowEngine } from "./journal";
import type { listOpenWaitpoints, listStepRuns } from "./repository";
import { isSnapshot } from "./snapshot-rule";

export type OpenWaitpoint = Awaited<ReturnType<typeof listOpenWaitpoints>>[number];
export type StepRow = Awaited<ReturnType<typeof listStepRuns>>[number];

/**
 * Steps that have a row in journal order, then those of the document that were not reached, in its order, and those that
 * were not reached again since a retry. `rows` are those of all generations.
 */
export function runSteps(
  spec: Spec,
  rows: readonly StepRow[],
  open: readonly OpenWaitpoint[],
  names: ReadonlyMap<string, string>,
  status: RunStatus,
): RunStep[] {
  const nodes = new Map(allNodes(spec).map((node) => [node.id, node]));
  const openByKey = new Map(open.map((waitpoint) => [waitpoint.key, waitpoint]));
  const generations = byKey(rows);
  const current = rows.filter((row) => !row.superseded);
  const reached = new Set(current.map((row) => row.nodeId));
  const startOf = (row: StepRow): number => row.startedAt?.getTime() ?? row.endedAt?.getTime() ?? 0;
  const done = current
    .toSorted((left, right) => startOf(left) - startOf(right) || left.seq - right.seq)
    .map((row) =>
      stepFromRow(row, {
        node: nodes.get(row.nodeId),
        attempts: attemptsOf(generations.get(row.key) ?? []),
        open: openByKey.get(row.key),
        names,
      }),
    );
  const isCurrent = new Set(current.map((row) => row.key));
  const left = new Map(
    [...generations.values()].flatMap((earlier) => {
      const [row] = earlier;
      return row && !isCurrent.has(row.key) ? [[row.key, stepLeft(row, nodes.get(row.nodeId), earlier)] as const] : [];
    }),
  );
  const isOver = isFinalRunStatus(status);
  const ahead = isOver ? [] : spec.nodes.filter(({ id }) => !reached.has(id) && !left.has(id)).map(stepAhead);
  return [...done, ...ahead, ...left.values()];
}

function stepFromRow(
  row: StepRow,
  facts: {
    node: SpecNode | undefined;
    attempts: RunAttempt[];
    open: OpenWaitpoint | undefined;
    names: ReadonlyMap<string, string>;
  },
): RunStep {
  const { node, attempts, open, names } = facts;
  const hidden = node?.sensitive ?? [];
  return {
    id: row.id,
    key: row.key,
    nodeId: row.nodeId,
    iteration: row.iteration,
    name: row.name,
    type: row.type,
    status: row.status as StepStatus,
    attempt: attempts.length,
    ...(row.handle === null ? {} : { handle: row.handle }),
    detail: node ? nodeSummary(node) : "",
    summary: row.summary,
    input: masked((row.input as Json | undefined) ?? null, hidden),
    output: masked((row.output as Json | undefined) ?? null, hidden),
    attempts,
    snapshot: isSnapshot(row),
    error: failure(row.error as RunStep["error"], hidden),
    response: ((row.engine as RowEngine | null)?.response ?? null) satisfies RunStep["response"],
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

/** A step whose earlier tries left the run with a retry, and which was not reached again. */
function stepLeft(row: StepRow, node: SpecNode | undefined, generations: readonly StepRow[]): RunStep {
  const { key, nodeId, iteration, name, type } = row;
  const attempts = attemptsOf(generations);
  const ahead = runStepAhead({ nodeId, type, name, detail: node ? nodeSummary(node) : "" });
  return { ...ahead, key, iteration, attempts, attempt: attempts.length };
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

export function allNodes(spec: Pick<Spec, "nodes">): SpecNode[] {
  return spec.nodes.flatMap((node) => {
    const body = node["body"];
    return typeof body === "object" && body !== null && "nodes" in body
      ? [node, ...allNodes(body as Pick<Spec, "nodes">)]
      : [node];
  });
}

/** Values at the node's `sensitive` paths are never shown. */
export function masked(value: Json, paths: readonly string[]): Json {
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
