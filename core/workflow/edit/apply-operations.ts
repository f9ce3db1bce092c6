import type { StepDefinitions } from "@/core/workflow/step-definition";
import type { TriggerDefinitions } from "@/core/workflow/trigger-definition";
import { connect, disconnect, setStart } from "./connection-operations";
import { putTrigger, removeTrigger, replaceDocument, setConfig, setInputSchema } from "./document-operations";
import type { EditSession } from "./edit-session";
import { openSession } from "./edit-session";
import { addNode, removeNode, updateNode } from "./node-operations";
import type { AppliedBatch, EditableDocument, Operation } from "./operation";
import type { OperationOf, Outcome } from "./outcome";
import { moveNodes, nestNode } from "./placement-operations";

const carriers: { [K in Operation["op"]]: (session: EditSession, operation: OperationOf<K>) => Outcome } = {
  add_node: addNode,
  remove_node: removeNode,
  update_node: updateNode,
  move_nodes: moveNodes,
  nest_node: nestNode,
  connect,
  disconnect,
  set_start: setStart,
  set_input_schema: setInputSchema,
  set_config: setConfig,
  put_trigger: putTrigger,
  remove_trigger: removeTrigger,
  replace_document: replaceDocument,
};

/**
 * Carries out a batch in its order. What cannot be done is named and left out; the rest is done. Pure and deterministic: two
 * who apply the same batches in the same order have the same document. What an operation does not touch stays the same object.
 */
export function applyOperations(
  document: EditableDocument,
  operations: readonly Operation[],
  definitions: StepDefinitions,
  triggers: TriggerDefinitions,
): AppliedBatch {
  const session = openSession(document, definitions, triggers);
  const undo: Operation[][] = [];
  const refused: AppliedBatch["refused"] = [];
  for (const [index, operation] of operations.entries()) {
    const outcome = carryOut(session, operation);
    if ("reason" in outcome) refused.push({ index, reason: outcome.reason });
    else undo.push(outcome.inverse);
  }
  return { document: session.document, inverse: undo.reverse().flat(), refused };
}

function carryOut(session: EditSession, operation: Operation): Outcome {
  // The table pairs each operation with its own carrier; the compiler cannot follow the pairing through a union.
  const carrier = carriers[operation.op] as (session: EditSession, operation: Operation) => Outcome;
  return carrier(session, operation);
}
