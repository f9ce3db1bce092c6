import type { StepContext, StepExecutor, StepOutcome } from "@/core/ports";
import { callKey } from "./call-key";
import { createNodeEvaluator, type NodeEvaluator } from "./node-evaluator";
import type { RunSession } from "./run-session";
import type { PortCall, RuntimeDeps } from "./runtime-deps";
import { TakenOver } from "./taken-over";
import { isBehindApproval, pinAt, pinnedExecutor } from "./test-run";
import { planNode, type Place } from "./turn";

/** Everything a step may see and use. */
export function stepContext(
  deps: RuntimeDeps,
  session: RunSession,
  place: Place,
  call: Pick<PortCall, "attempt" | "signal" | "onReceipt"> & { now: number; seenFrom?: string },
): { executor: StepExecutor<unknown>; context: StepContext<unknown>; evaluator: NodeEvaluator } {
  const node = planNode(session, place.nodeId);
  const pin = session.test === null ? null : pinAt(session, place);
  const executor = pin ? pinnedExecutor(pin) : deps.executors[node.type];
  if (!executor) throw new Error(`Step type ${node.type} has no executor; publishing should have refused it`);
  const evaluator = createNodeEvaluator(session, { node, iteration: call.seenFrom ?? place.iteration, now: call.now });
  const { run, workflow } = session;
  const idempotencyKey = callKey(session, place, call.now);
  return {
    executor,
    evaluator,
    context: {
      node,
      config: node.config,
      iteration: place.iteration,
      attempt: call.attempt,
      run: {
        id: run.id,
        organizationId: run.organizationId,
        workflowId: workflow.id,
        workflowSlug: workflow.slug,
        workflowName: workflow.name,
        version: run.version,
        test: run.test,
        conversationId: run.conversationId,
        contactId: run.contactId,
      },
      evaluate: evaluator,
      idempotencyKey,
      signal: call.signal,
      now: call.now,
      ports: deps.ports(run, {
        stepKey: place.key,
        attempt: call.attempt,
        idempotencyKey,
        signal: call.signal,
        onReceipt: call.onReceipt,
        refuseLive: session.test !== null && (!session.test.liveAllowed || isBehindApproval(session.plan, node.id)),
      }),
    },
  };
}

/** A throw is a bug of ours or a broken neighbour (a database restarting): the step fails and is tried again as its policy says. */
export async function guarded(
  deps: RuntimeDeps,
  execute: () => Promise<StepOutcome> | StepOutcome,
): Promise<StepOutcome> {
  try {
    return await execute();
  } catch (error) {
    if (error instanceof TakenOver) throw error;
    deps.log.error({ err: error }, "step executor threw");
    return {
      kind: "failed",
      error: {
        code: "internal",
        message:
          "This step failed because of a defect in Holdpoint. It was reported in the log; retry, or contact your administrator.",
        class: "other",
        retryable: true,
      },
    };
  }
}
