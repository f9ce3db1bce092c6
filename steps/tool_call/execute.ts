import { actionOutput, actionRequest, type ActionRequest, type FoundAction } from "@/core/connector-definition";
import { asObject, type JsonObject } from "@/core/json";
import type { StepExecutor } from "@/core/ports";
import { fillFields } from "@/steps/fill-fields";
import { callFailed, statusError } from "@/steps/http-outcome";
import { implementStep } from "@/steps/implement-step";
import { asText, failedFinally } from "@/steps/outcome";
import { toolCallDefinition } from "./definition";

const defaultTimeoutMs = 30_000;

type ToolCallConfig = Parameters<typeof toolCallDefinition.summary>[0];

/** `find` is the registry of connectors: the executor itself knows none of them. */
export function createToolCall(find: (id: string) => FoundAction | null): StepExecutor<ToolCallConfig> {
  return implementStep(toolCallDefinition, {
    async execute({ config, node, evaluate, ports, now }) {
      const found = find(config.tool);
      if (!found)
        return failedFinally(
          "unknown_action",
          `There is no action "${config.tool}". Choose one of the connectors' actions.`,
        );
      const filled = fillFields(evaluate, { input: config.input, connection: config.connection });
      if (!filled.ok) return { kind: "failed", error: filled.error };
      const { input, connection } = filled.value;
      const slug = asText(connection) || found.connector.defaultConnection;
      if (slug === null)
        return failedFinally(
          "unknown_connection",
          `${found.connector.title} has no usual connection. Name one in the step's connection field.`,
        );
      const given = found.action.input.safeParse(asObject(input));
      if (!given.success) {
        const said = given.error.issues
          .slice(0, 5)
          .map((issue) => `input.${issue.path.join(".")}: ${issue.message}`)
          .join("; ");
        return failedFinally("invalid_input", `${config.tool} cannot be called with this input. ${said}`);
      }

      // The schema's output type is erased in the registry; it is a JSON object by its contract.
      const request: ActionRequest = actionRequest(found.action, asObject(given.data as JsonObject));
      const answer = await ports.connections.request(slug, {
        ...request,
        timeoutMs: node.timeoutMs ?? defaultTimeoutMs,
      });
      // A node that says nothing is as repeatable as its action.
      const repeatable = node.node.repeatable ?? found.action.repeatable;
      if ("error" in answer) return callFailed(answer.error, { repeatable });
      const refused = statusError(answer.response, now);
      if (refused) return { kind: "failed", error: refused };
      const mapped = actionOutput(found.action, answer.response.body);
      return mapped.ok
        ? { kind: "completed", output: mapped.output }
        : failedFinally("unexpected_response", mapped.error);
    },
  });
}
