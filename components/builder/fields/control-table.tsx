"use client";
import type { ReactNode } from "react";
import { FactsControl } from "@/components/builder/designers/facts-control";
import { FormSchemaControl, InputSchemaControl } from "@/components/builder/designers/schema-controls";
import { ActionControl } from "./action-control";
import { ActionInputControl } from "./action-input-control";
import { AssigneesControl } from "./assignees-control";
import { CasesControl, DefaultCaseControl } from "./cases-control";
import { ChannelsControl } from "./channels-control";
import { ConnectionControl } from "./connection-control";
import type { ControlProps } from "./control-props";
import { DeadlineControl, DurationControl } from "./duration-controls";
import type { Control } from "./field-spec";
import { KeyValuesControl } from "./key-values-control";
import { ExpressionsControl, TextsControl } from "./list-controls";
import { CommentRequiredControl, EditableInputsControl, OnRejectControl, OnTimeoutControl } from "./outcome-controls";
import { BackoffControl, ChoiceControl, NumberControl, YesNoControl } from "./plain-controls";
import {
  ExpressionControl,
  ItemsControl,
  JsonControl,
  LongTextControl,
  TemplateControl,
  TextControl,
} from "./text-controls";
import { ValueControl } from "./value-control";
import { WorkflowControl } from "./workflow-control";

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
  on_timeout: OnTimeoutControl,
  on_reject: OnRejectControl,
  comment_required: CommentRequiredControl,
  editable_inputs: EditableInputsControl,
};

/** The component that edits a field. */
export function FieldControl(props: ControlProps) {
  // The table pairs each kind with the component for it; the union of both cannot be called otherwise.
  const Control = controls[props.control.kind] as (props: ControlProps) => ReactNode;
  return <Control {...props} />;
}
