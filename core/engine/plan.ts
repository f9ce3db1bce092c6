import type { BackoffSetting, RetryClass, SpecNode, WorkflowConfig } from "@/core/workflow/document";
import type { StepKind } from "@/core/workflow/step-definition";

/** A compiled workflow version: everything `advance` needs, looked up in O(1). Immutable; cached per version. */
export interface Plan {
  startNodeId: string;
  nodes: ReadonlyMap<string, PlanNode>;
  config: WorkflowConfig;
  /** Scope "" is the document; a loop's body is the scope named by the loop's node id. */
  scopes: ReadonlyMap<string, PlanScope>;
}

export interface PlanScope {
  id: string;
  startNodeId: string;
  nodeIds: readonly string[];
  /**
   * The nodes that may give the scope's result: those without out-edges in topological order, then those whose type says
   * `givesResult`. The last of them that completed wins, whatever order they completed in.
   */
  leaves: readonly string[];
  /** Node ids in topological order. */
  order: readonly string[];
}

export interface PlanNode {
  id: string;
  type: string;
  kind: StepKind;
  scopeId: string;
  name: string;
  disabled: boolean;
  join: "all" | "any";
  /** Sources of in-edges with the handle each comes from. */
  incoming: readonly { from: string; handle: string }[];
  /** Targets by handle. */
  outgoing: ReadonlyMap<string, readonly string[]>;
  /** Tries in total and how long to wait between them, after precedence node > config > type. */
  retry: { maxAttempts: number; backoff: BackoffSetting; retryOn: readonly RetryClass[] | null };
  /** Per attempt, ms; null = the step's own limit. */
  timeoutMs: number | null;
  onError: "fail" | "continue";
  repeatable: "safe" | "unsafe";
  /** The type's own fields, parsed by its definition. */
  config: unknown;
  /** The handle an unlabelled completion takes. */
  defaultHandle: string;
  /** Position in its scope's `leaves`; -1 when it never gives the result. */
  resultRank: number;
  node: SpecNode;
}
