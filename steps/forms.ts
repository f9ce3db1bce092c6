import type { FormLayout } from "@/core/workflow/form-layout";
import { approvalForm } from "./approval/form";
import { collectFormForm } from "./collect_form/form";
import { conditionForm } from "./condition/form";
import { decisionForm } from "./decision/form";
import { endForm } from "./end/form";
import { humanHandoffForm } from "./human_handoff/form";
import { llmForm } from "./llm/form";
import { loopForm } from "./loop/form";
import { notifyForm } from "./notify/form";
import { outputForm } from "./output/form";
import { parallelForm } from "./parallel/form";
import { serviceCallForm } from "./service_call/form";
import { startForm } from "./start/form";
import { subworkflowForm } from "./subworkflow/form";
import { toolCallForm } from "./tool_call/form";
import { transformForm } from "./transform/form";
import { waitForm } from "./wait/form";
import { webhookEmitForm } from "./webhook_emit/form";
import type { stepDefinitions } from "./definitions";

/** What each step type asks for in the builder's side panel. A new one is a folder and a line here. */
export const stepForms = {
  start: startForm,
  tool_call: toolCallForm,
  service_call: serviceCallForm,
  notify: notifyForm,
  webhook_emit: webhookEmitForm,
  llm: llmForm,
  subworkflow: subworkflowForm,
  approval: approvalForm,
  collect_form: collectFormForm,
  human_handoff: humanHandoffForm,
  condition: conditionForm,
  decision: decisionForm,
  loop: loopForm,
  parallel: parallelForm,
  wait: waitForm,
  transform: transformForm,
  output: outputForm,
  end: endForm,
} as const satisfies Readonly<Record<keyof typeof stepDefinitions, FormLayout>>;

/** The form of a type; null for a type that has no folder here: its form is made from its schema. */
export function stepForm(type: string): FormLayout | null {
  // Own properties only: a type is text from outside.
  return Object.hasOwn(stepForms, type) ? stepForms[type as keyof typeof stepForms] : null;
}
