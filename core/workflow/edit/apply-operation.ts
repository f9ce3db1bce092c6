import type { StepDefinitions } from "@/core/workflow/step-definition";
import type { TriggerDefinitions } from "@/core/workflow/trigger-definition";
import { applyOperations } from "./apply-operations";
import type { Applied, EditableDocument, Operation } from "./operation";

/** Carries out one edit, or says why it means nothing in this document. See `applyOperations`. */
export function applyOperation(
  document: EditableDocument,
  operation: Operation,
  definitions: StepDefinitions,
  triggers: TriggerDefinitions,
): Applied {
  const { refused, ...applied } = applyOperations(document, [operation], definitions, triggers);
  const [refusal] = refused;
  return refusal === undefined ? { ok: true, ...applied } : { ok: false, reason: refusal.reason };
}
