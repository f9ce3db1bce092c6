import type { StepExecutor } from "@/core/ports";
import type { StepDefinition } from "@/core/workflow/step-definition";
import { channelDefinitions } from "@/channels/definitions";
import { findAction } from "@/connectors/definitions";
import { executeApproval } from "./approval/execute";
import { executeCollectForm } from "./collect_form/execute";
import { executeCondition } from "./condition/execute";
import { executeDecision } from "./decision/execute";
import type { stepDefinitions } from "./definitions";
import { executeEnd } from "./end/execute";
import { executeHumanHandoff } from "./human_handoff/execute";
import { executeLoop } from "./loop/execute";
import { createNotify } from "./notify/execute";
import { executeOutput } from "./output/execute";
import { executeParallel } from "./parallel/execute";
import { executeServiceCall } from "./service_call/execute";
import { executeStart } from "./start/execute";
import { createToolCall } from "./tool_call/execute";
import { executeTransform } from "./transform/execute";
import { executeWait } from "./wait/execute";
import { executeWebhookEmit } from "./webhook_emit/execute";

/** Types whose definition says `available: false`. */
type Unavailable = "llm" | "subworkflow";
type Available = Exclude<keyof typeof stepDefinitions, Unavailable>;
type ConfigOf<D> = D extends StepDefinition<infer C> ? C : never;

/** The server half of every step type that can run. A new one is a folder and a line here. */
export const stepExecutors = {
  start: executeStart,
  tool_call: createToolCall(findAction),
  service_call: executeServiceCall,
  notify: createNotify(channelDefinitions),
  webhook_emit: executeWebhookEmit,
  approval: executeApproval,
  collect_form: executeCollectForm,
  human_handoff: executeHumanHandoff,
  condition: executeCondition,
  decision: executeDecision,
  loop: executeLoop,
  parallel: executeParallel,
  wait: executeWait,
  transform: executeTransform,
  output: executeOutput,
  end: executeEnd,
} as const satisfies { [T in Available]: StepExecutor<ConfigOf<(typeof stepDefinitions)[T]>> };

/** The executor of a type, its config type erased: the config was parsed by the same type's definition. */
export function findExecutor(type: string): StepExecutor<unknown> | null {
  // Own properties only: a type is text from outside.
  if (!Object.hasOwn(stepExecutors, type)) return null;
  return stepExecutors[type as Available];
}
