import type { Json, JsonObject } from "@/core/json";
import type { Trigger } from "@/core/workflow/document";
import { isJsonObject, sameJson } from "@/core/json-guard";
import type { TriggerDefinitions } from "@/core/workflow/trigger-definition";
import { triggerOf } from "@/core/workflow/trigger-lookup";
import { fieldLabel, valueWords } from "./change-words";
import type { DocumentChange } from "./document-changes";
import { differenceWords, fieldDifferences } from "./field-differences";
import type { EditableDocument } from "./operation";

export function diffTriggers(
  before: readonly Trigger[],
  after: readonly Trigger[],
  definitions: TriggerDefinitions,
): DocumentChange[] {
  const was = new Map(before.map((trigger) => [trigger.id, trigger]));
  const is = new Map(after.map((trigger) => [trigger.id, trigger]));
  const come = after.filter(({ id }) => !was.has(id)).map((trigger) => wholeTrigger("added", trigger, definitions));
  const gone = before.filter(({ id }) => !is.has(id)).map((trigger) => wholeTrigger("removed", trigger, definitions));
  const changed = after.flatMap((trigger) => {
    const old = was.get(trigger.id);
    return old === undefined || sameJson(old, trigger) ? [] : [changedTrigger(old, trigger, definitions)];
  });
  return [...come, ...gone, ...changed];
}

export function diffConfig(before: EditableDocument["config"], after: EditableDocument["config"]): DocumentChange[] {
  return fieldDifferences(plain(before), plain(after)).map((field) => ({
    kind: kindOf(field.path, field.before, field.after),
    subject: "setting",
    id: field.path,
    text: settingWords(field.path.split("."), field.before, field.after),
    fields: [field],
  }));
}

/** What the workflow is given, field by field. */
export function diffInput(before: JsonObject | undefined, after: JsonObject | undefined): DocumentChange[] {
  if (sameJson(before, after)) return [];
  const [was, is] = [before, after].map((schema) => schema?.["properties"]);
  const wasFields = isJsonObject(was) ? was : {};
  const isFields = isJsonObject(is) ? is : {};
  const names = [...new Set([...Object.keys(wasFields), ...Object.keys(isFields)])];
  const fields = names.flatMap((name) => inputField(name, wasFields[name], isFields[name]));
  const rest = (schema: JsonObject | undefined): JsonObject =>
    Object.fromEntries(Object.entries(schema ?? {}).filter(([key]) => key !== "properties"));
  const others = fieldDifferences(rest(before), rest(after), schemaFrame);
  const required = requiredWords(before, after);
  const told = [...fields, ...(required === null ? [] : [inputChange("required", required, "changed")])];
  if (others.length === 0 && told.length > 0) return told;
  return [...told, { ...inputChange("schema", rulesWords(before, after), "changed"), fields: others }];
}

function rulesWords(before: JsonObject | undefined, after: JsonObject | undefined): string {
  if (before === undefined) return "What the workflow is given is checked against a schema now";
  return after === undefined
    ? "What the workflow is given is not checked against a schema any more"
    : "Other rules for the input changed";
}

const schemaFrame: ReadonlySet<string> = new Set(["required", "type", "$schema"]);

function wholeTrigger(kind: "added" | "removed", trigger: Trigger, definitions: TriggerDefinitions): DocumentChange {
  const [empty, full] = [{}, plain(trigger)];
  const [before, after] = kind === "added" ? [empty, full] : [full, empty];
  const detail = triggerOf(trigger, definitions)?.detail?.(trigger) ?? "";
  return {
    kind,
    subject: "trigger",
    id: trigger.id,
    text: `${kindOfTrigger(trigger, definitions)} trigger${calledTrigger(trigger)} was ${kind}${detail === "" ? "" : `: ${detail}`}`,
    fields: fieldDifferences(before, after, new Set(["id"])),
  };
}

function changedTrigger(before: Trigger, after: Trigger, definitions: TriggerDefinitions): DocumentChange {
  const [was, is] = [before, after].map((trigger) => kindOfTrigger(trigger, definitions));
  const fields = fieldDifferences(plain(before), plain(after), new Set(["id"]));
  const parts = fields.map((field) => {
    if (field.path === "type") return `was a ${was} trigger, now ${is}`;
    const own = Object.values(definitions).flatMap(({ changeWords }) => changeWords?.(field.path, before, after) ?? []);
    return own[0] ?? differenceWords([field]);
  });
  return {
    kind: "changed",
    subject: "trigger",
    id: after.id,
    text: `${is} trigger ${after.label ?? after.id}: ${parts.join("; ")}`,
    fields,
  };
}

function calledTrigger({ id, label, type }: Trigger): string {
  return label === undefined ? (id === type ? "" : ` ${id}`) : ` ${label}`;
}

function kindOfTrigger(trigger: Trigger, definitions: TriggerDefinitions): string {
  return triggerOf(trigger, definitions)?.title ?? trigger.type;
}

function settingWords(path: readonly string[], before: Json, after: Json): string {
  const label = fieldLabel(path);
  const [was, is] = [before, after].map((value) => valueWords(path, value));
  return was === null || is === null || was === undefined || is === undefined
    ? `${label} changed`
    : `${label}: ${was}, now ${is}`;
}

/** Variables come and go; every other setting is always there. */
function kindOf(path: string, before: Json, after: Json): DocumentChange["kind"] {
  if (!path.startsWith("variables.") || (before !== null && after !== null)) return "changed";
  return before === null ? "added" : "removed";
}

function inputField(name: string, before: Json | undefined, after: Json | undefined): DocumentChange[] {
  if (sameJson(before, after)) return [];
  const title = (schema: Json | undefined): string =>
    isJsonObject(schema) && typeof schema["title"] === "string" ? schema["title"] : name;
  const id = `properties.${name}`;
  const fields = fieldDifferences(asFields(before), asFields(after));
  if (before === undefined) return [{ ...inputChange(id, `Input field ${title(after)} was added`, "added"), fields }];
  if (after === undefined)
    return [{ ...inputChange(id, `Input field ${title(before)} was removed`, "removed"), fields }];
  return [{ ...inputChange(id, `Input field ${title(after)}: ${differenceWords(fields)}`, "changed"), fields }];
}

function requiredWords(before: JsonObject | undefined, after: JsonObject | undefined): string | null {
  const [was, is] = [before, after].map((schema) => {
    const list = schema?.["required"];
    return Array.isArray(list) ? list.filter((name) => typeof name === "string") : [];
  });
  const now = (is ?? []).filter((name) => was?.includes(name) !== true);
  const noMore = (was ?? []).filter((name) => is?.includes(name) !== true);
  if (now.length + noMore.length === 0) return null;
  return [
    ...(now.length === 0 ? [] : [`${now.join(", ")} must be given now`]),
    ...(noMore.length === 0 ? [] : [`${noMore.join(", ")} may be left out now`]),
  ].join("; ");
}

function inputChange(id: string, text: string, kind: DocumentChange["kind"]): DocumentChange {
  return { kind, subject: "input", id, text: text.slice(0, 1).toUpperCase() + text.slice(1), fields: [] };
}

function asFields(schema: Json | undefined): JsonObject {
  return isJsonObject(schema) ? schema : {};
}

/** Documents come from JSON; their types only leave fields open. */
function plain(value: object): JsonObject {
  return value as JsonObject;
}
