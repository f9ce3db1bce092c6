import { unsafeKeys } from "@/core/expression/safe-data";
import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import type { FieldChange } from "./operation";

export type ChangedFields = { ok: true; value: JsonObject; undo: FieldChange[] } | { ok: false; reason: string };

/** The object with its fields changed, and the changes that take it back. The object itself stays as it is. */
export function changeFields(root: JsonObject, changes: readonly FieldChange[]): ChangedFields {
  let value = root;
  const undo: FieldChange[] = [];
  for (const change of changes) {
    if (change.path.some((part) => typeof part === "string" && unsafeKeys.has(part)))
      return { ok: false, reason: `A field cannot be named "${change.path.join(".")}".` };
    const done = changeAt(value, change, 0);
    if (!done.ok) return done;
    // The root of a path is an object, so what comes back is one.
    value = done.value as JsonObject;
    undo.unshift(...done.undo);
  }
  return { ok: true, value, undo };
}

type ChangedPart = { ok: true; value: Json; undo: FieldChange[] } | { ok: false; reason: string };

function changeAt(holder: Json, change: FieldChange, at: number): ChangedPart {
  const { path } = change;
  const key = path[at];
  const last = at === path.length - 1;
  if (Array.isArray(holder) && typeof key === "number")
    return last ? changeItem(holder, key, change) : changeInside(holder, key, change, at);
  if (isJsonObject(holder) && typeof key === "string")
    return last ? changeField(holder, key, change) : changeInside(holder, key, change, at);
  return { ok: false, reason: `There is no field "${path.slice(0, at + 1).join(".")}" to change.` };
}

function changeField(holder: JsonObject, key: string, { path, value }: FieldChange): ChangedPart {
  const before = Object.hasOwn(holder, key) ? holder[key] : undefined;
  const undo = [before === undefined ? { path } : { path, value: before }];
  if (value !== undefined) return { ok: true, value: { ...holder, [key]: value }, undo };
  if (before === undefined) return { ok: true, value: holder, undo: [] };
  const { [key]: _gone, ...rest } = holder;
  return { ok: true, value: rest, undo };
}

function changeItem(holder: Json[], position: number, { path, value }: FieldChange): ChangedPart {
  const before = holder[position];
  if (value === undefined) {
    if (before === undefined) return { ok: true, value: holder, undo: [] };
    // Nothing can be put between two items, so taking back means the whole list.
    const undo = [{ path: path.slice(0, -1), value: holder }];
    return { ok: true, value: holder.toSpliced(position, 1), undo };
  }
  if (before !== undefined) return { ok: true, value: holder.with(position, value), undo: [{ path, value: before }] };
  if (position === holder.length) return { ok: true, value: [...holder, value], undo: [{ path }] };
  return { ok: false, reason: `The list "${path.slice(0, -1).join(".")}" has no item ${position + 1}.` };
}

function changeInside(holder: Json[] | JsonObject, key: string | number, change: FieldChange, at: number): ChangedPart {
  const { path, value } = change;
  const inner = childOf(holder, key);
  if (inner === undefined) {
    if (value === undefined) return { ok: true, value: holder, undo: [] };
    const made = changeAt(typeof path[at + 1] === "number" ? [] : {}, change, at + 1);
    return made.ok ? changeAt(holder, { path: path.slice(0, at + 1), value: made.value }, at) : made;
  }
  const done = changeAt(inner, change, at + 1);
  if (!done.ok || done.undo.length === 0) return done.ok ? { ...done, value: holder } : done;
  const changed = Array.isArray(holder) ? holder.with(Number(key), done.value) : { ...holder, [key]: done.value };
  return { ok: true, value: changed, undo: done.undo };
}

function childOf(holder: Json[] | JsonObject, key: string | number): Json | undefined {
  if (Array.isArray(holder)) return holder[Number(key)];
  return Object.hasOwn(holder, key) ? holder[key] : undefined;
}
