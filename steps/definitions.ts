import { channelDefinitions } from "@/channels/definitions";
import type { AnyStepDefinition, StepDefinitions } from "@/core/workflow/step-definition";
import { approvalDefinition } from "./approval/definition";
import { collectFormDefinition } from "./collect_form/definition";
import { conditionDefinition } from "./condition/definition";
import { decisionDefinition } from "./decision/definition";
import { endDefinition } from "./end/definition";
import { humanHandoffDefinition } from "./human_handoff/definition";
import { llmDefinition } from "./llm/definition";
import { loopDefinition } from "./loop/definition";
import { createNotifyDefinition } from "./notify/definition";
import { outputDefinition } from "./output/definition";
import { parallelDefinition } from "./parallel/definition";
import { serviceCallDefinition } from "./service_call/definition";
import { startDefinition } from "./start/definition";
import { subworkflowDefinition } from "./subworkflow/definition";
import { toolCallDefinition } from "./tool_call/definition";
import { transformDefinition } from "./transform/definition";
import { waitDefinition } from "./wait/definition";
import { webhookEmitDefinition } from "./webhook_emit/definition";

/** Every step type there is, in the order of the palette. A new one is a folder and a line here. */
export const stepDefinitions = {
  start: startDefinition,
  tool_call: toolCallDefinition,
  service_call: serviceCallDefinition,
  notify: createNotifyDefinition(channelDefinitions),
  webhook_emit: webhookEmitDefinition,
  llm: llmDefinition,
  subworkflow: subworkflowDefinition,
  approval: approvalDefinition,
  collect_form: collectFormDefinition,
  human_handoff: humanHandoffDefinition,
  condition: conditionDefinition,
  decision: decisionDefinition,
  loop: loopDefinition,
  parallel: parallelDefinition,
  wait: waitDefinition,
  transform: transformDefinition,
  output: outputDefinition,
  end: endDefinition,
} as const satisfies StepDefinitions;

/** What a type is; undefined for a text that is the canonical name of none. */
export function stepDefinition(type: string): AnyStepDefinition | undefined {
  const definitions: StepDefinitions = stepDefinitions;
  // Own properties only: a type is text from outside.
  return Object.hasOwn(definitions, type) ? definitions[type] : undefined;
}
