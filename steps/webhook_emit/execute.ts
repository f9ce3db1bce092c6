import { emittedNameFault } from "@/core/contracts/emitted-name";
import { fillFields } from "@/steps/fill-fields";
import { implementStep } from "@/steps/implement-step";
import { asText, failedFinally } from "@/steps/outcome";
import { webhookEmitDefinition } from "./definition";

/** Done when the event is committed together with this step; who subscribed is told by the worker. */
export const executeWebhookEmit = implementStep(webhookEmitDefinition, {
  execute({ config, evaluate }) {
    const filled = fillFields(evaluate, { event: config.event, payload: config.payload ?? {} });
    if (!filled.ok) return { kind: "failed", error: filled.error };
    const { event, payload } = filled.value;
    const name = asText(event).trim();
    if (name === "")
      return failedFinally("empty_event", "The name of the event is empty. Give a name such as order.created.");
    const fault = emittedNameFault(name);
    if (fault !== null) return failedFinally("invalid_event", fault);
    return {
      kind: "completed",
      output: { event: name, payload: payload ?? null },
      summary: name,
      outbox: [{ kind: "webhook_event", event: name, payload }],
    };
  },
});
