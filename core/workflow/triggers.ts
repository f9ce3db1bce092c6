import { z } from "zod";
import type { Json, JsonObject } from "@/core/json";
import { plainProblem } from "@/core/plain-problem";
import type { Issue, Trigger } from "./document";
import { isJsonObject, ownField } from "@/core/json-guard";
import { suggestion } from "@/core/nearest";
import type { TriggerDefinitions } from "./trigger-definition";

/** What every trigger has. */
const commonFields = z.looseObject({
  id: z.string().min(1).max(100),
  type: z.string(),
  label: z.string().optional().describe("What the run card shows, e.g. Customer request"),
  input: z.record(z.string(), z.json()).optional().describe("Templates over what arrived, giving the workflow's input"),
});

const schemas = new WeakMap<TriggerDefinitions, typeof commonFields>();

/** What starts a workflow: the fields of all types together, whatever the type. Unknown fields stay. */
export function triggerSchema(definitions: TriggerDefinitions): typeof commonFields {
  const known = schemas.get(definitions);
  if (known !== undefined) return known;
  // Last type first: this is the order in which published schemas list the fields, and readers compare them as texts.
  const fields = Object.values(definitions).toReversed();
  const schema = commonFields.extend({
    type: z.enum(Object.keys(definitions)),
    ...Object.fromEntries(fields.flatMap((definition) => Object.entries(definition.fields))),
  });
  // To the compiler the fields of the types are open, as they are in `Trigger`.
  const open = schema as unknown as typeof commonFields;
  schemas.set(definitions, open);
  return open;
}

/** Reads `triggers`, or `triggerType` with `triggerSpec`. Null: the document says nothing, so the default applies. */
export function importTriggers(raw: JsonObject, issues: Issue[], definitions: TriggerDefinitions): Trigger[] | null {
  const triggers = ownField(raw, "triggers");
  if (Array.isArray(triggers))
    return named(
      triggers.flatMap(
        (trigger, position) => importTrigger(trigger, `triggers[${position}]`, issues, definitions) ?? [],
      ),
    );
  if (triggers !== undefined && triggers !== null) {
    issues.push({ code: "invalid_shape", severity: "error", path: "triggers", message: "Triggers are a list." });
    return null;
  }
  const type = ownField(raw, "triggerType");
  if (type === undefined || type === null) return null;
  const fields = ownField(raw, "triggerSpec");
  if (fields !== undefined && fields !== null && !isJsonObject(fields)) {
    issues.push({
      code: "invalid_shape",
      severity: "error",
      path: "triggerSpec",
      message: "triggerSpec is an object or null.",
    });
    return null;
  }
  const trigger = importTrigger({ ...fields, type }, "triggerType", issues, definitions);
  return trigger === null ? null : named([trigger]);
}

/** The first trigger, as documents with a single one show it. */
export function triggerView(triggers: readonly Trigger[] | null): {
  triggerType: string | null;
  triggerSpec: JsonObject | null;
} {
  const [first] = triggers ?? [];
  if (first === undefined) return { triggerType: null, triggerSpec: null };
  const { id, type, ...fields } = first;
  // Every field of a trigger came from JSON; its type leaves them open.
  const rest = (id === type ? fields : { id, ...fields }) as JsonObject;
  return { triggerType: type, triggerSpec: Object.keys(rest).length === 0 ? null : rest };
}

/** A trigger that may still lack its id. */
interface Unnamed {
  id?: string;
  type: Trigger["type"];
  [field: string]: unknown;
}

function importTrigger(raw: Json, path: string, issues: Issue[], definitions: TriggerDefinitions): Unnamed | null {
  const triggerTypes = Object.keys(definitions);
  const wrong = (at: string, message: string): null => {
    issues.push({ code: "invalid_shape", severity: "error", path: at, message });
    return null;
  };
  if (!isJsonObject(raw)) return wrong(path, "A trigger is an object with a type.");
  const type = ownField(raw, "type");
  if (typeof type !== "string")
    return wrong(`${path}.type`, `The trigger has no type. Choose one of ${triggerTypes.join(", ")}.`);
  const known = triggerTypes.find((candidate) => candidate === type.toLowerCase());
  if (known === undefined)
    return wrong(
      path === "triggerType" ? path : `${path}.type`,
      `"${type.slice(0, 100)}" is not a type of trigger.${suggestion(type, triggerTypes)} Choose one of ${triggerTypes.join(", ")}.`,
    );
  const fields = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== null));
  const parsed = triggerSchema(definitions)
    .partial({ id: true })
    .safeParse({ ...fields, type: known }, { error: plainProblem });
  const [problem] = parsed.error?.issues ?? [];
  if (problem !== undefined)
    return wrong(
      `${path}.${problem.path.map(String).join(".")}`,
      `"${problem.path.map(String).join(".")}" of the trigger is not right. ${problem.message}`,
    );
  return { ...fields, type: known };
}

/** Triggers without an id get the name of their type, numbered where there are several. */
function named(triggers: readonly Unnamed[]): Trigger[] {
  const used = new Set(triggers.flatMap(({ id }) => id ?? []));
  return triggers.map((trigger) => {
    if (trigger.id !== undefined) return { ...trigger, id: trigger.id };
    let id: string = trigger.type;
    for (let number = 2; used.has(id); number += 1) id = `${trigger.type}_${number}`;
    used.add(id);
    return { ...trigger, id };
  });
}
