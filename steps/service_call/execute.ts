import { asObject, type JsonObject } from "@/core/json";
import { fillFields } from "@/steps/fill-fields";
import { callFailed, statusError } from "@/steps/http-outcome";
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
      query: present(asObject(query)),
      headers: present(asObject(headers)),
      ...(config.body === undefined ? {} : { body }),
      timeoutMs: node.timeoutMs ?? defaultTimeoutMs,
    });
    if ("error" in answer) return callFailed(answer.error, node);
    const refused = statusError(answer.response, now);
    return refused ? { kind: "failed", error: refused } : { kind: "completed", output: answer.response.body };
  },
});

/** Texts of what is there: a header or parameter whose template met a missing value is left out. */
function present(values: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, asText(value)]])),
  );
}
