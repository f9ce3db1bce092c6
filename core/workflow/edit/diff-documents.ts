import type { StepDefinitions } from "@/core/workflow/step-definition";
import type { TriggerDefinitions } from "@/core/workflow/trigger-definition";
import { diffConnections } from "./diff-connections";
import { diffSteps, placedSteps } from "./diff-steps";
import { diffConfig, diffInput, diffTriggers } from "./diff-surroundings";
import type { DocumentChange } from "./document-changes";
import type { EditableDocument } from "./operation";

/**
 * What leads from one document to another, as people say it: steps, connections, input, triggers, settings. Where things stand
 * on the canvas, the order of lists and how an import was spelled are no change.
 */
export function diffDocuments(
  before: EditableDocument,
  after: EditableDocument,
  definitions: StepDefinitions,
  triggers: TriggerDefinitions,
): DocumentChange[] {
  const [was, is] = [before, after].map(({ spec }) => ({ scope: spec, steps: placedSteps(spec, definitions) }));
  if (was === undefined || is === undefined) return [];
  return [
    ...diffSteps(was.steps, is.steps, definitions),
    ...diffConnections(was, is, definitions),
    ...diffInput(before.spec.inputSchema, after.spec.inputSchema),
    ...diffTriggers(before.triggers, after.triggers, triggers),
    ...diffConfig(before.config, after.config),
  ];
}
