import { defineTrigger } from "@/triggers/define-trigger";
import { sampleInput } from "@/triggers/sample-input";

export const manualDefinition = defineTrigger({
  type: "manual",
  title: "Manual",
  hint: "People of your organization start it",
  icon: "play",
  menuPlace: 5,
  fields: {},
  starter: {},
  fixLabel: "Start it by hand",
  sentence: () => "When somebody of your organization starts it by hand.",
  sees: { trigger: null, request: false },
  startedByMembers: true,
  isRequestable: true,
  mayTalk: false,
  hasSecret: false,
  sample: (_trigger, inputSchema) => sampleInput(inputSchema),
});
