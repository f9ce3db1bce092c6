import { channelDefinitions } from "@/channels/definitions";
import type { StepDefinitions } from "@/core/workflow/step-definition";
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

/** Every step type there is. A new one is a folder and a line here. */
export const stepDefinitions = {
  start: startDefinition,
  tool_call: toolCallDefinition,
  service_call: serviceCallDefinition,
  condition: conditionDefinition,
  decision: decisionDefinition,
  transform: transformDefinition,
  llm: llmDefinition,
  loop: loopDefinition,
  collect_form: collectFormDefinition,
  approval: approvalDefinition,
  human_handoff: humanHandoffDefinition,
  notify: createNotifyDefinition(channelDefinitions),
  webhook_emit: webhookEmitDefinition,
  wait: waitDefinition,
  subworkflow: subworkflowDefinition,
  parallel: parallelDefinition,
  output: outputDefinition,
  end: endDefinition,
} as const satisfies StepDefinitions;
