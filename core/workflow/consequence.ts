import type { Json } from "@/core/json";
import { cutText } from "@/core/storable-text";

export type SettingKind = "template" | "expression";

/** A step that is still to come, as whoever decides whether it comes is told of it. */
export interface StepAhead<Config> {
  config: Config;
  /** The name that people gave it; null where it has none of its own. */
  name: string | null;
  /** A setting with the values of the run in it, a template unless said otherwise; null where they are not known before the step runs. */
  known(setting: unknown, kind?: SettingKind): Json;
}

/**
 * What others notice of a step when it is done, its verb first and in the third person: "charges $42.60"; null where nobody does. Whatever comes
 * from the run stands between quotes (`quoted`): it must not pass for the sentence around it.
 */
export type Consequence<Config> = (step: StepAhead<Config>) => string | null;

// A registry holds consequences of many config types; `never` in the parameter position would make it unusable.
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the one place where the config type is erased
export type Consequences = Readonly<Record<string, Consequence<any>>>;

const longest = { value: 80, text: 160 };

/** A text or number of the run, between quotes and on one line; null when there is nothing to show. `as`: how much of it is shown. */
export function quoted(value: Json | undefined, as: keyof typeof longest = "value"): string | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const line = String(value)
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .replaceAll(/[“”„"«»]/gu, "'")
    .trim();
  if (line === "") return null;
  const shown = cutText(line, longest[as]);
  return `“${shown === line ? line : `${shown.trimEnd()}…`}”`;
}

/** The name of a step between quotes, or what stands for it. */
export function stepNamed({ name }: Pick<StepAhead<unknown>, "name">, otherwise: string): string {
  return quoted(name) ?? otherwise;
}
