import type { TriggersState, TriggerState } from "@/core/contracts/trigger";
import type { Trigger } from "@/core/workflow/document";
import type { TriggerFields } from "./use-trigger-edits";

/** What the inside of each trigger's card gets. */
export interface TriggerEditorProps {
  trigger: Trigger;
  state: TriggersState | undefined;
  /** The same trigger as the server knows it; undefined until the draft that has it is saved. */
  own: TriggerState | undefined;
  readOnly: boolean;
  set: (fields: TriggerFields) => void;
}
