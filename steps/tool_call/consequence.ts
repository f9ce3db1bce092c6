import type { FoundAction } from "@/core/connector-definition";
import type { Json } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { stepNamed, type Consequence } from "@/core/workflow/consequence";
import type { ToolCallConfig } from "./definition";

/** What the action says of itself; where it says nothing, its name. `findAction` is the registry of connectors. */
export function createToolCallConsequence(findAction: (id: string) => FoundAction | null): Consequence<ToolCallConfig> {
  return (step) => {
    const { tool, input } = step.config;
    const action = findAction(tool)?.action;
    if (action?.consequence) return action.consequence(knownFields(input, step.known));
    return `runs ${stepNamed(step, action === undefined ? "an action" : `“${action.title}”`)}`;
  };
}

/** Field by field: that one is not known yet does not hide the others. */
function knownFields(input: unknown, known: (setting: unknown) => Json): Readonly<Record<string, Json>> {
  const whole = isJsonObject(input) ? input : known(input);
  if (!isJsonObject(whole)) return {};
  return whole === input
    ? Object.fromEntries(Object.entries(whole).map(([field, setting]) => [field, known(setting)]))
    : whole;
}
