import { defineTrigger } from "@/triggers/define-trigger";
import { sampleInput } from "@/triggers/sample-input";

export const apiDefinition = defineTrigger({
  type: "api",
  title: "API",
  hint: "Your own programs start it with an API key",
  icon: "code",
  menuPlace: 6,
  fields: {},
  starter: {},
  fixLabel: "Start it from the API",
  sentence: () => "When one of your programs asks for it with an API key.",
  sees: { trigger: null, request: false },
  startedByMembers: true,
  isRequestable: false,
  mayTalk: false,
  hasSecret: false,
  sample: (_trigger, inputSchema) => sampleInput(inputSchema),
});
