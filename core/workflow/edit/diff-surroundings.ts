import type { Json, JsonObject } from "@/core/json";
import { cronWords } from "@/core/schedule/cron-words";
import type { Trigger, TriggerType } from "@/core/workflow/document";
import { isJsonObject, sameJson } from "@/core/json-guard";
import { fieldLabel, valueWords } from "./change-words";
import type { DocumentChange } from "./document-changes";
import { differenceWords, fieldDifferences } from "./field-differences";
import type { EditableDocument } from "./operation";

const kinds: Readonly<Record<TriggerType, string>> = {
  api: "API",
  manual: "Manual",
  webhook: "Webhook",
  schedule: "Schedule",
  event: "Event",
  form: "Intake form",
  conversation: "Conversation",
};

export function diffTriggers(before: readonly Trigger[], after: readonly Trigger[]): DocumentChange[] {
  const was = new Map(before.map((trigger) => [trigger.id, trigger]));
  const is = new Map(after.map((trigger) => [trigger.id, trigger]));
  const come = after.filter(({ id }) => !was.has(id)).map((trigger) => wholeTrigger("added", trigger));
  const gone = before.filter(({ id }) => !is.has(id)).map((trigger) => wholeTrigger("removed", trigger));
  const changed = after.flatMap((trigger) => {
    const old = was.get(trigger.id);
    return old === undefined || sameJson(old, trigger) ? [] : [changedTrigger(old, trigger)];
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

function wholeTrigger(kind: "added" | "removed", trigger: Trigger): DocumentChange {
  const { type } = trigger;
  const [empty, full] = [{}, plain(trigger)];
  const [before, after] = kind === "added" ? [empty, full] : [full, empty];
  const detail = triggerDetail(trigger);
  return {
    kind,
    subject: "trigger",
    id: trigger.id,
    text: `${kinds[type]} trigger${calledTrigger(trigger)} was ${kind}${detail === "" ? "" : `: ${detail}`}`,
    fields: fieldDifferences(before, after, new Set(["id"])),
  };
}

function changedTrigger(before: Trigger, after: Trigger): DocumentChange {
  const fields = fieldDifferences(plain(before), plain(after), new Set(["id"]));
  const parts = fields.map((field) => {
    if (field.path === "type") return `was a ${kinds[before.type]} trigger, now ${kinds[after.type]}`;
    if (field.path !== "cron") return differenceWords([field]);
    return `Schedule: ${spokenCron(before.cron)}, now ${spokenCron(after.cron)}`;
  });
  return {
    kind: "changed",
    subject: "trigger",
    id: after.id,
    text: `${kinds[after.type]} trigger ${after.label ?? after.id}: ${parts.join("; ")}`,
    fields,
  };
}

function calledTrigger({ id, label, type }: Trigger): string {
  return label === undefined ? (id === type ? "" : ` ${id}`) : ` ${label}`;
}

function triggerDetail(trigger: Trigger): string {
  if (trigger.type === "schedule") return `${spokenCron(trigger.cron)} (${trigger.timezone ?? "UTC"})`;
  return trigger.type === "event" ? (trigger.event ?? "") : "";
}

function spokenCron(cron: string | undefined): string {
  if (cron === undefined) return "no time";
  const words = cronWords(cron);
  return words.slice(0, 1).toLowerCase() + words.slice(1);
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
