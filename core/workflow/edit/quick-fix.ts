import type { Issue } from "@/core/workflow/document";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import type { TriggerDefinitions } from "@/core/workflow/trigger-definition";
import type { IssuePlace } from "./issue-place";
import type { EditableDocument, Operation } from "./operation";

/** Something that can be done about a finding with one click. */
export interface QuickFix {
  /** What the button says. */
  label: string;
  operations: Operation[];
}

export interface FixContext {
  issue: Issue;
  document: EditableDocument;
  definitions: StepDefinitions;
  triggers: TriggerDefinitions;
  place: IssuePlace;
}

export type FixMaker = (context: FixContext) => QuickFix[];
