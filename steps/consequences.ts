import { channelDefinitions } from "@/channels/definitions";
import { findAction } from "@/connectors/definitions";
import type { Consequences } from "@/core/workflow/consequence";
import { approvalConsequence } from "./approval/consequence";
import { collectFormConsequence } from "./collect_form/consequence";
import { conditionConsequence } from "./condition/consequence";
import { decisionConsequence } from "./decision/consequence";
import { endConsequence } from "./end/consequence";
import { humanHandoffConsequence } from "./human_handoff/consequence";
import { llmConsequence } from "./llm/consequence";
import { loopConsequence } from "./loop/consequence";
import { createNotifyConsequence } from "./notify/consequence";
import { outputConsequence } from "./output/consequence";
import { parallelConsequence } from "./parallel/consequence";
import { serviceCallConsequence } from "./service_call/consequence";
import { startConsequence } from "./start/consequence";
import { subworkflowConsequence } from "./subworkflow/consequence";
import { createToolCallConsequence } from "./tool_call/consequence";
import { transformConsequence } from "./transform/consequence";
import { waitConsequence } from "./wait/consequence";
import { webhookEmitConsequence } from "./webhook_emit/consequence";
import type { stepDefinitions } from "./definitions";

/** What others notice of each step type, for those who decide whether it comes. A new one is a folder and a line here. */
export const stepConsequences = {
  start: startConsequence,
  tool_call: createToolCallConsequence(findAction),
  service_call: serviceCallConsequence,
  notify: createNotifyConsequence(channelDefinitions),
  webhook_emit: webhookEmitConsequence,
  llm: llmConsequence,
  subworkflow: subworkflowConsequence,
  approval: approvalConsequence,
  collect_form: collectFormConsequence,
  human_handoff: humanHandoffConsequence,
  condition: conditionConsequence,
  decision: decisionConsequence,
  loop: loopConsequence,
  parallel: parallelConsequence,
  wait: waitConsequence,
  transform: transformConsequence,
  output: outputConsequence,
  end: endConsequence,
} as const satisfies Consequences & Readonly<Record<keyof typeof stepDefinitions, unknown>>;
