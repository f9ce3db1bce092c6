import type { RunDetail, RunStep } from "@/core/contracts/run";
import type { Json } from "@/core/json";
import { shortened } from "@/core/service-answer";

/** A step as lists and the run's page show it: what is long is cut there, and whole where the step is asked for by itself. */
export function cutStep(step: RunStep): RunStep {
  const input = shortened(step.input);
  const output = shortened(step.output);
  const cut: RunStep["cut"] = [
    ...(isSame(input, step.input) ? [] : (["input"] as const)),
    ...(isSame(output, step.output) ? [] : (["output"] as const)),
  ];
  return cut.length === 0 ? step : { ...step, input, output, cut };
}

/** A run for its page. Whoever asks for its result as a system gets it whole, once. */
export function cutRun(run: RunDetail): RunDetail {
  const { input, output } = run;
  const shortInput = shortened(input);
  const shortOutput = shortened(output);
  return {
    ...run,
    input: isSame(shortInput, input) ? input : (shortInput as RunDetail["input"]),
    output: shortOutput,
    cut: [
      ...(isSame(shortInput, input) ? [] : (["input"] as const)),
      ...(isSame(shortOutput, output) ? [] : (["output"] as const)),
    ],
  };
}

/** `shortened` gives the value itself where it is short enough. */
function isSame(short: Json, whole: Json): boolean {
  return short === whole;
}
