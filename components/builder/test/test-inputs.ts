import type { TestBench } from "@/core/contracts/test-run";
import type { JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";

/** An input a test can begin with: the last test's, a saved sample, or nothing. */
export interface InputChoice {
  key: string;
  label: string;
  input: JsonObject;
  /** Set when it is a saved sample. */
  sampleId: string | null;
}

/** What the picker offers; the last test comes first, since it is most often repeated. */
export function inputChoices({ samples, runs }: Pick<TestBench, "samples" | "runs">): InputChoice[] {
  const last = runs.find((run) => run.test);
  const choices: InputChoice[] = samples.map(({ id, name, input }) => ({
    key: `sample:${id}`,
    label: name,
    input,
    sampleId: id,
  }));
  if (last) choices.unshift({ key: "last", label: "Input of the last test", input: last.input, sampleId: null });
  choices.push({ key: "empty", label: "Nothing filled in", input: {}, sampleId: null });
  return choices;
}

/** The choice named in the address (`sample=` an id or a name), else the first. */
export function firstChoice(choices: readonly InputChoice[], asked: string | null): string {
  const named = choices.find(({ sampleId, label }) => sampleId !== null && (sampleId === asked || label === asked));
  return (named ?? choices[0])?.key ?? "empty";
}

/** The JSON of an input; a sentence when it is none. */
export function readInput(text: string): { input: JsonObject } | { problem: string } {
  if (text.trim() === "") return { input: {} };
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value)
      ? { input: value }
      : { problem: "The input is an object: write { and } around its fields." };
  } catch (error) {
    return { problem: `This is not valid JSON: ${error instanceof Error ? error.message : "check it."}` };
  }
}
