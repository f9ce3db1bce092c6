import { suggestion } from "@/core/nearest";
import type { AnyStepDefinition, StepDefinitions } from "./step-definition";

export interface StepTypes {
  /** By canonical name or alias, in any letter case. */
  resolve(spelling: string): AnyStepDefinition | null;
  unknownTypeMessage(spelling: string): string;
}

/** Looks step types up by every spelling they have. */
export function stepTypes(definitions: StepDefinitions): StepTypes {
  const known = cache.get(definitions) ?? buildStepTypes(definitions);
  cache.set(definitions, known);
  return known;
}

const cache = new WeakMap<StepDefinitions, StepTypes>();

function buildStepTypes(definitions: StepDefinitions): StepTypes {
  const bySpelling = new Map<string, AnyStepDefinition>();
  for (const definition of Object.values(definitions)) {
    for (const alias of definition.aliases) bySpelling.set(alias.toLowerCase(), definition);
  }
  // A canonical name wins over an alias of the same spelling.
  for (const definition of Object.values(definitions)) bySpelling.set(definition.type.toLowerCase(), definition);
  return {
    resolve: (spelling) => bySpelling.get(spelling.toLowerCase()) ?? null,
    unknownTypeMessage: (spelling) => {
      const hint = suggestion(spelling, bySpelling.keys());
      const known = hint === "" ? ` The step types are ${Object.keys(definitions).join(", ")}.` : hint;
      return `"${spelling.slice(0, 100)}" is not a step type.${known}`;
    },
  };
}
