import type { StepDefinitions } from "@/core/workflow/step-definition";
import { applyOperations } from "./apply-operations";
import type { Applied, EditableDocument, Operation } from "./operation";

/** Carries out one edit, or says why it means nothing in this document. See `applyOperations`. */
export function applyOperation(
  document: EditableDocument,
  operation: Operation,
  definitions: StepDefinitions,
): Applied {
  const { refused, ...applied } = applyOperations(document, [operation], definitions);
  const [refusal] = refused;
  return refusal === undefined ? { ok: true, ...applied } : { ok: false, reason: refusal.reason };
}
