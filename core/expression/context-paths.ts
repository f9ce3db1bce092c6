import type { KnownPath } from "@/core/expression/schema-paths";

/** Everything that an expression of a step can read besides the input, the variables and other steps. */
export const contextPaths: readonly KnownPath[] = [
  { path: "contact.id", type: "text", info: "Id of the contact" },
  { path: "contact.name", type: "text", info: "The contact the run is for" },
  { path: "contact.email", type: "text", info: "The contact's e-mail address" },
  { path: "contact.phone", type: "text", info: "The contact's phone number" },
  { path: "contact.plan", type: "text", info: "The contact's plan" },
  { path: "contact.data", type: "object", info: "What else is known about the contact" },
  { path: "conversation.id", type: "text", info: "The conversation the run belongs to" },
  { path: "conversation.subject", type: "text", info: "What the conversation is about" },
  { path: "conversation.contactId", type: "text", info: "Id of the contact it is with" },
  { path: "trigger", type: "object", info: "What started the run, as it arrived" },
  { path: "run.id", type: "text", info: "Id of the run" },
  { path: "run.startedAt", type: "text", info: "When the run started" },
  { path: "run.version", type: "number", info: "Version of the workflow" },
  { path: "run.workflow.id", type: "text", info: "Id of the workflow" },
  { path: "run.workflow.name", type: "text", info: "Name of the workflow" },
  { path: "run.workflow.slug", type: "text", info: "Short name of the workflow in addresses" },
  { path: "run.trigger.type", type: "text", info: "What kind of trigger started the run" },
  { path: "run.trigger.label", type: "text", info: "What started the run, in words" },
  { path: "run.tracking", type: "text", info: "The page where whoever asked for it from outside follows it" },
  { path: "env.now", type: "timestamp", info: "The time at which the expression is evaluated" },
];
