import type { RunAttempt, RunStep } from "@/core/contracts/run";
import type { RunStatus } from "@/core/run-status";
import { runStepAhead } from "@/core/contracts/run-step-ahead";
import type { StepStatus } from "@/core/engine/protocol";
import { isFinalRunStatus } from "@/core/engine/transitions";
import { asObject, type Json } from "@/core/json";
import type { Spec, SpecNode } from "@/core/workflow/document";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import type { AnswerHead } from "@/core/service-answer";
import { keyRing } from "@/server/auth/key-ring";
import { callbackContext } from "@/server/integrations/secrets/key-ring";
import { stepDefinitions } from "@/steps/definitions";
import { attemptsOf, byKey } from "./attempts";
import type { RowEngine } from "./journal";
import type { listOpenWaitpoints } from "./repository";
import type { StepRow } from "./step-store";
import { allNodes } from "./all-nodes";
import { isRejected } from "./said-no";
import { isSnapshot } from "./snapshot-rule";
import { formUrl } from "./form-address";
import type { Mask } from "./sensitive";
import { coveredAt, hiddenPaths, maskedAt, wholeOutput } from "./sensitive-paths";
import { readUndecidable } from "./undecidable";

export type OpenWaitpoint = Awaited<ReturnType<typeof listOpenWaitpoints>>[number];

/**
 * Steps that have a row in journal order, then those of the document that were not reached, in its order, and those that
 * were not reached again since a retry. `rows` are those of all generations.
 */
export function runSteps(
  spec: Spec,
  rows: readonly StepRow[],
  open: readonly OpenWaitpoint[],
  names: ReadonlyMap<string, string>,
  { status, mask }: { status: RunStatus; mask: Mask },
): RunStep[] {
  const nodes = new Map(allNodes(spec).map((node) => [node.id, node]));
  const generations = byKey(rows);
  const current = rows.filter((row) => !row.superseded);
  const reached = new Set(current.map((row) => row.nodeId));
  const startOf = (row: StepRow): number => row.startedAt?.getTime() ?? row.endedAt?.getTime() ?? 0;
  const inTime = rows.toSorted((left, right) => startOf(left) - startOf(right) || left.seq - right.seq);
  const done = stepsOfRows(spec, inTime, open, names, mask);
  const isCurrent = new Set(current.map((row) => row.key));
  const left = new Map(
    [...generations.values()].flatMap((earlier) => {
      const [row] = earlier;
      return row && !isCurrent.has(row.key)
        ? [[row.key, stepLeft(row, nodes.get(row.nodeId), { earlier, mask })] as const]
        : [];
    }),
  );
  const isOver = isFinalRunStatus(status);
  const ahead = isOver ? [] : spec.nodes.filter(({ id }) => !reached.has(id) && !left.has(id)).map(stepAhead);
  return [...done, ...ahead, ...left.values()];
}

/** The steps that these rows tell of, in their order; earlier tries among them belong to the step that came of them. */
export function stepsOfRows(
  spec: Spec,
  rows: readonly StepRow[],
  open: readonly OpenWaitpoint[],
  names: ReadonlyMap<string, string>,
  mask: Mask,
): RunStep[] {
  const nodes = new Map(allNodes(spec).map((node) => [node.id, node]));
  const openByKey = new Map(open.map((waitpoint) => [waitpoint.key, waitpoint]));
  const generations = byKey(rows);
  return rows
    .filter((row) => !row.superseded)
    .map((row) =>
      stepFromRow(row, {
        node: nodes.get(row.nodeId),
        attempts: attemptsShown(generations.get(row.key) ?? [], mask),
        open: openByKey.get(row.key),
        names,
        mask,
      }),
    );
}

function stepFromRow(
  row: StepRow,
  facts: {
    node: SpecNode | undefined;
    attempts: RunAttempt[];
    open: OpenWaitpoint | undefined;
    names: ReadonlyMap<string, string>;
    mask: Mask;
  },
): RunStep {
  const { node, attempts, open, names, mask } = facts;
  const hidden = hiddenPaths(node?.sensitive, row.engine);
  const traced = mask.secrets.steps.get(row.nodeId);
  const shown = (side: "input" | "output", paths: readonly string[]) =>
    mask(maskedAt(coveredAt((row[side] as Json | undefined) ?? null, side, traced?.hidden), paths));
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
    ...(isRejected(row) ? { rejected: true as const } : {}),
    detail: node ? nodeSummary(node) : "",
    summary: row.summary === null ? null : (traced?.summary ?? mask(row.summary)),
    input: shown(
      "input",
      hidden.filter((path) => path !== wholeOutput),
    ),
    output: shown("output", hidden),
    attempts,
    snapshot: isSnapshot(row),
    error: failure(row.error as RunStep["error"], hidden, mask),
    response: maskedHead((row.engine as RowEngine | null)?.response, mask),
    warnings: mask((row.warnings as string[] | null) ?? []),
    cut: [],
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
          undecidable: readUndecidable(open),
          ...callbackUrlOf(open),
          ...(hasPage(open) ? { formUrl: formUrl(open) } : {}),
        }
      : null,
  };
}

/** A step whose earlier tries left the run with a retry, and which was not reached again. */
function stepLeft(
  row: StepRow,
  node: SpecNode | undefined,
  { earlier, mask }: { earlier: readonly StepRow[]; mask: Mask },
): RunStep {
  const { key, nodeId, iteration, name, type } = row;
  const attempts = attemptsShown(earlier, mask);
  const ahead = runStepAhead({ nodeId, type, name, detail: node ? nodeSummary(node) : "" });
  return { ...ahead, key, iteration, attempts, attempt: attempts.length };
}

/** What a service refused with stands where the output would: the same paths are hidden in it. */
function failure(error: RunStep["error"], hidden: readonly string[], mask: Mask): RunStep["error"] {
  if (error === null) return null;
  const { headers, body, message, ...rest } = error;
  return {
    ...rest,
    message: mask(message),
    ...(headers === undefined ? {} : { headers: mask(headers) }),
    ...(body === undefined ? {} : { body: mask(maskedAt(body, hidden)) }),
  };
}

/** All tries of a step, whether it still stands or left the run with a retry. */
function attemptsShown(rows: readonly StepRow[], mask: Mask): RunAttempt[] {
  return attemptsOf(rows).map(({ error, ...attempt }) => ({
    ...attempt,
    error: error && { code: error.code, message: mask(error.message) },
  }));
}

function maskedHead(head: AnswerHead | undefined, mask: Mask): AnswerHead | null {
  return head ? { status: head.status, headers: mask(head.headers) } : null;
}

function callbackUrlOf({ id, organizationId, kind, request }: OpenWaitpoint): { callbackUrl?: string } {
  if (kind !== "callback") return {};
  const { callbackUrlSealed: sealed, callbackUrl: clear } = asObject(request as Json);
  // Written before addresses were sealed.
  if (typeof clear === "string") return { callbackUrl: clear };
  return typeof sealed === "string" ? { callbackUrl: keyRing().open(sealed, callbackContext(organizationId, id)) } : {};
}

/** What members are asked stands in their inbox. */
function hasPage({ kind, assignees }: OpenWaitpoint): boolean {
  return kind === "form" && assignees.length === 0;
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
