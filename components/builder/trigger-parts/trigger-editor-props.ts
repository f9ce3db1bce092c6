import type { ComponentType } from "react";
import type { TriggersState, TriggerState } from "@/core/contracts/trigger";
import type { Trigger } from "@/core/workflow/document";

/** Fields to set; `undefined` takes a field away. */
export type TriggerFields = { [field: string]: unknown };

/** What the inside of each trigger's card gets. */
export interface TriggerEditorProps {
  trigger: Trigger;
  state: TriggersState | undefined;
  /** The same trigger as the server knows it; undefined until the draft that has it is saved. */
  own: TriggerState | undefined;
  readOnly: boolean;
  set: (fields: TriggerFields) => void;
}

/** How a type of trigger is edited on its card. */
export interface TriggerEditor {
  Inside: ComponentType<TriggerEditorProps>;
  /** What stands beside its sentence, seen while the card is closed too. */
  Beside?: ComponentType<{ trigger: Trigger }>;
}
