import { queryOf } from "@/core/connector-definition";
import { asObject } from "@/core/json";
import { fillFields } from "@/steps/fill-fields";
import { answerOutcome, callFailed, presentTexts } from "@/steps/http-outcome";
import { implementStep } from "@/steps/implement-step";
import { asText } from "@/steps/outcome";
import { serviceCallDefinition } from "./definition";

const defaultTimeoutMs = 30_000;

export const executeServiceCall = implementStep(serviceCallDefinition, {
  async execute({ config, node, evaluate, ports, now }) {
    const path = evaluate.template(config.path, { forUrl: true });
    if (!path.ok) return { kind: "failed", error: path.error };
    const filled = fillFields(evaluate, {
      service: config.service,
      query: config.query,
      headers: config.headers,
      body: config.body,
    });
    if (!filled.ok) return { kind: "failed", error: filled.error };
    const { service, query, headers, body } = filled.value;
    const answer = await ports.connections.request(asText(service), {
      method: config.method,
      path: asText(path.value),
      query: queryOf(asObject(query)),
      headers: presentTexts(asObject(headers)),
      ...(config.body === undefined ? {} : { body }),
      timeoutMs: node.timeoutMs ?? defaultTimeoutMs,
    });
    if ("error" in answer) return callFailed(answer, node);
    return answerOutcome(answer.response, now, (output) => ({ ok: true, output }));
  },
});
