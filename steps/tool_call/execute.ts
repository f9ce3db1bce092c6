import {
  actionOutput,
  actionRequest,
  emptyPathFields,
  type ActionRequest,
  type FoundAction,
} from "@/core/connector-definition";
import { asObject, type JsonObject } from "@/core/json";
import type { StepError } from "@/core/step-error";
import { plainProblem } from "@/core/plain-problem";
import type { StepEvaluator, StepExecutor } from "@/core/ports";
import { fillFields } from "@/steps/fill-fields";
import { answerOutcome, callFailed } from "@/steps/http-outcome";
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
      const { connection } = filled.value;
      const paths = fillPaths(evaluate, config.input, found.action.pathFields ?? []);
      if (!paths.ok) return { kind: "failed", error: paths.error };
      const input = { ...asObject(filled.value.input), ...paths.value };
      const slug = asText(connection) || found.connector.defaultConnection;
      if (slug === null)
        return failedFinally(
          "unknown_connection",
          `${found.connector.title} has no usual connection. Name one in the step's connection field.`,
        );
      const given = found.action.input.safeParse(input, { error: plainProblem });
      if (!given.success) {
        const said = given.error.issues
          .slice(0, 5)
          .map((issue) => `input.${issue.path.join(".")}: ${issue.message}`)
          .join("; ");
        return failedFinally("invalid_input", `${config.tool} cannot be called with this input. ${said}`);
      }

      // The schema's output type is erased in the registry; it is a JSON object by its contract.
      const values = asObject(given.data as JsonObject);
      const [empty] = emptyPathFields(found.action, values);
      if (empty !== undefined)
        return failedFinally(
          "missing_path_value",
          `${config.tool} needs input.${empty}, which has no value here, so nothing was called. Fill it, or test it before this step.`,
        );
      const request: ActionRequest = actionRequest(found.action, values);
      const answer = await ports.connections.request(slug, {
        ...request,
        timeoutMs: node.timeoutMs ?? defaultTimeoutMs,
      });
      // A node that says nothing is as repeatable as its action.
      const repeatable = node.node.repeatable ?? found.action.repeatable;
      if ("error" in answer) return callFailed(answer, { repeatable });
      return answerOutcome(answer.response, now, (body) => actionOutput(found.action, body));
    },
  });
}

/** The fields that are a URL's path, filled as such: what templates fill in is percent-encoded and may not be empty. */
function fillPaths(
  evaluate: StepEvaluator,
  input: ToolCallConfig["input"],
  fields: readonly string[],
): { ok: true; value: JsonObject } | { ok: false; error: StepError } {
  const given = asObject(typeof input === "string" ? null : input);
  const value: JsonObject = {};
  for (const field of fields) {
    const source = given[field];
    if (source === undefined) continue;
    const filled = evaluate.template(source, { forUrl: true });
    if (!filled.ok) return filled;
    value[field] = filled.value;
  }
  return { ok: true, value };
}
