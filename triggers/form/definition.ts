import { defineTrigger } from "@/triggers/define-trigger";
import { fromWhatArrived } from "@/triggers/mapping-words";
import { sampleInput } from "@/triggers/sample-input";

export const formDefinition = defineTrigger({
  type: "form",
  title: "Intake form",
  hint: "Anybody with the link fills in a form",
  icon: "clipboard-list",
  menuPlace: 4,
  fields: {},
  starter: {},
  sentence: () => "When somebody sends the form behind its link.",
  sees: { trigger: null, request: false },
  mapping: {
    unmapped: "The answers become the input as they are.",
    hint: fromWhatArrived,
    startsByName: true,
  },
  startedByMembers: false,
  isRequestable: true,
  mayTalk: false,
  addressPath: "/f/",
  hasSecret: false,
  sample: (_trigger, inputSchema) => sampleInput(inputSchema),
});
