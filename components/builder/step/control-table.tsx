"use client";
import type { ReactNode } from "react";
import { FactsControl } from "@/components/builder/designers/facts-control";
import { FormSchemaControl, InputSchemaControl } from "@/components/builder/designers/schema-controls";
import { ActionControl } from "@/components/builder/fields/action-control";
import { ActionInputControl } from "@/components/builder/fields/action-input-control";
import { AssigneesControl } from "@/components/builder/fields/assignees-control";
import { CalendarControl } from "@/components/builder/fields/calendar-control";
import { CasesControl, DefaultCaseControl } from "@/components/builder/fields/cases-control";
import { ChannelsControl } from "@/components/builder/fields/channels-control";
import { ConnectionControl } from "@/components/builder/fields/connection-control";
import type { ControlProps } from "@/components/builder/fields/control-props";
import { DeadlineControl, DurationControl } from "@/components/builder/fields/duration-controls";
import type { Control } from "@/core/workflow/form-layout";
import { KeyValuesControl } from "@/components/builder/fields/key-values-control";
import { ExpressionsControl, TextsControl } from "@/components/builder/fields/list-controls";
import {
  CommentRequiredControl,
  EditableInputsControl,
  OnRejectControl,
  OnTimeoutControl,
} from "@/components/builder/fields/outcome-controls";
import { BackoffControl, ChoiceControl, NumberControl, YesNoControl } from "@/components/builder/fields/plain-controls";
import {
  ExpressionControl,
  ItemsControl,
  JsonControl,
  LongTextControl,
  TemplateControl,
  TextControl,
} from "@/components/builder/fields/text-controls";
import { QuorumControl } from "@/components/builder/fields/quorum-control";
import { RemindersControl } from "@/components/builder/fields/reminders-control";
import { RuleTableControl } from "@/components/builder/fields/rule-table-control";
import { ValueControl } from "@/components/builder/fields/value-control";
import { WorkflowControl } from "@/components/builder/fields/workflow-control";

type ControlTable = { [K in Control["kind"]]: (props: ControlProps<K>) => ReactNode };

const controls: ControlTable = {
  text: TextControl,
  long_text: LongTextControl,
  backoff: BackoffControl,
  template: TemplateControl,
  expression: ExpressionControl,
  items: ItemsControl,
  number: NumberControl,
  choice: ChoiceControl,
  yes_no: YesNoControl,
  texts: TextsControl,
  expressions: ExpressionsControl,
  key_values: KeyValuesControl,
  value: ValueControl,
  json: JsonControl,
  duration: DurationControl,
  assignees: AssigneesControl,
  channels: ChannelsControl,
  connection: ConnectionControl,
  action: ActionControl,
  action_input: ActionInputControl,
  cases: CasesControl,
  default_case: DefaultCaseControl,
  workflow: WorkflowControl,
  form_schema: FormSchemaControl,
  input_schema: InputSchemaControl,
  facts: FactsControl,
  deadline: DeadlineControl,
  calendar: CalendarControl,
  reminders: RemindersControl,
  on_timeout: OnTimeoutControl,
  on_reject: OnRejectControl,
  quorum: QuorumControl,
  rule_table: RuleTableControl,
  comment_required: CommentRequiredControl,
  editable_inputs: EditableInputsControl,
};

/** The component that edits a field. */
export function FieldControl(props: ControlProps) {
  // The table pairs each kind with the component for it; the union of both cannot be called otherwise.
  const Control = controls[props.control.kind] as (props: ControlProps) => ReactNode;
  return <Control {...props} />;
}
