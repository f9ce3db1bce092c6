import type { ExpressionScope } from "@/core/expression/scope";
import { buildScope } from "@/core/expression/scope";
import type { Json, JsonObject } from "@/core/json";

/** What a finished run (or a test) gave, for trying expressions on. */
export interface SampleRunValues {
  input: JsonObject;
  /** Outputs by step id; a step that is not here was not reached. */
  steps: Readonly<Record<string, Json>>;
  /** Statuses by step id; `completed` where there is only an output. */
  statuses?: Readonly<Record<string, string>>;
  /** Why steps failed, and what services said beside the bodies, by step id. */
  errors?: Readonly<Record<string, Json>>;
  responses?: Readonly<Record<string, Json>>;
  vars?: JsonObject;
  run?: JsonObject;
  contact?: Json;
  conversation?: Json;
  /** Names of the loops around the place, e.g. `{item: …, index: 0}`. */
  iteration?: JsonObject;
  /** Names of the field itself, e.g. `{output: …}` for a result line. */
  extra?: JsonObject;
  /** ms since epoch; the beginning of 1970 when it does not matter. */
  now?: number;
}

/** The names of an expression with the values of a sample. */
export function sampleScope(sample: SampleRunValues, variables: JsonObject): ExpressionScope {
  const ids = new Set([...Object.keys(sample.steps), ...Object.keys(sample.statuses ?? {})]);
  const step: JsonObject = Object.fromEntries(
    [...ids].map((id): [string, Json] => [
      id,
      {
        status: sample.statuses?.[id] ?? "completed",
        output: sample.steps[id] ?? null,
        error: sample.errors?.[id] ?? null,
        response: sample.responses?.[id] ?? null,
      },
    ]),
  );
  return buildScope({
    trigger: sample.input,
    input: sample.input,
    vars: sample.vars ?? variables,
    run: sample.run ?? {},
    contact: sample.contact ?? null,
    conversation: sample.conversation ?? null,
    step,
    now: sample.now ?? 0,
    ...(sample.iteration === undefined ? {} : { iteration: sample.iteration }),
    ...(sample.extra === undefined ? {} : { extra: sample.extra }),
  });
}
