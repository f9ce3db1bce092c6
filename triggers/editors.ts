import type { TriggerEditor } from "@/components/builder/trigger-parts/trigger-editor-props";
import { apiEditor } from "./api/editor";
import { conversationEditor } from "./conversation/editor";
import type { triggerDefinitions } from "./definitions";
import { eventEditor } from "./event/editor";
import { formEditor } from "./form/editor";
import { manualEditor } from "./manual/editor";
import { scheduleEditor } from "./schedule/editor";
import { webhookEditor } from "./webhook/editor";

const triggerEditors: Readonly<Record<keyof typeof triggerDefinitions, TriggerEditor>> = {
  api: apiEditor,
  manual: manualEditor,
  webhook: webhookEditor,
  schedule: scheduleEditor,
  event: eventEditor,
  form: formEditor,
  conversation: conversationEditor,
};

/** How a type of trigger is edited on its card; undefined: there is none of this name. */
export function findEditor(type: string): TriggerEditor | undefined {
  return Object.entries(triggerEditors).find(([name]) => name === type)?.[1];
}
