import { z } from "zod";
import { isDecisive, unwrapped } from "./decisive";
import type { Issue } from "./document";
import { fieldPathText } from "./field-path";
import { isJsonObject } from "@/core/json-guard";
import { isMisspelling, nearest } from "@/core/nearest";

/** A name that no schema asks for. */
export interface UnknownName {
  /** Where its object stands, from the value that was looked at. */
  path: readonly (string | number)[];
  name: string;
  /** The known name that was most likely meant. */
  meant: string | null;
  /** It was swallowed where that changes who decides or what happens twice. */
  isDecisive: boolean;
}

/** The finding that names one. `place`: the path of the value that was looked at; empty for the document. */
export function unknownIssue(found: UnknownName, place: string, nodeId?: string): Issue {
  const { name, path, meant, isDecisive } = found;
  const inside = fieldPathText([...path, name]);
  const hint =
    meant === null ? "It is kept, but does nothing: remove it, or correct its name." : `Did you mean "${meant}"?`;
  return {
    code: "unknown_field",
    severity: isDecisive ? "error" : "warning",
    path: place === "" ? inside : `${place}.${inside}`,
    message: `There is no field "${name.slice(0, 100)}" here. ${hint}`,
    ...(nodeId === undefined ? {} : { nodeId }),
  };
}

/** The fields of an object schema, by name. */
export type Fields = Readonly<Record<string, z.core.$ZodType>>;

/** The unknown names in the values of known fields, at any depth. Free-form JSON (templates, JSON logic, data) is left alone. */
export function unknownNamesWithin(fields: Fields, value: Readonly<Record<string, unknown>>): UnknownName[] {
  return Object.entries(fields).flatMap(([name, schema]) =>
    Object.hasOwn(value, name) ? look(schema, value[name], [name], isDecisive(schema)) : [],
  );
}

/** The same, with the names of the object itself. */
export function unknownNamesIn(fields: Fields, value: Readonly<Record<string, unknown>>): UnknownName[] {
  return [...unknownKeys(fields, Object.keys(value)), ...unknownNamesWithin(fields, value)];
}

/** Those of some names that an object of these fields does not know. `spellings`: other names for its fields. */
export function unknownKeys(
  fields: Fields,
  names: readonly string[],
  spellings: Readonly<Record<string, string>> = {},
): UnknownName[] {
  const known = [...Object.keys(fields), ...Object.keys(spellings)];
  return names
    .filter((name) => !Object.hasOwn(fields, name) && !isExtension(name))
    .map((name) => {
      const found = nearest(name, known);
      const meant = found !== null && Object.hasOwn(spellings, found) ? (spellings[found] ?? found) : found;
      const field = meant === null || !Object.hasOwn(fields, meant) ? undefined : fields[meant];
      const slipped = found !== null && isMisspelling(name, found);
      return { path: [], name, meant, isDecisive: slipped && field !== undefined && isDecisive(field) };
    });
}

/** Names that anybody may add: `x-team`, `$schema`. */
function isExtension(name: string): boolean {
  return /^(?:x-|\$)/.test(name);
}

function look(
  schema: z.core.$ZodType,
  value: unknown,
  path: readonly (string | number)[],
  inDecisive: boolean,
): UnknownName[] {
  const inner = unwrapped(schema);
  if (inner !== null) return look(inner, value, path, inDecisive);
  if (schema instanceof z.ZodUnion) return nearestOption(schema, value, path, inDecisive);
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    const { element } = schema.def;
    return value.flatMap((item, index) => look(element, item, [...path, index], inDecisive));
  }
  if (!isJsonObject(value)) return [];
  if (schema instanceof z.ZodRecord) {
    const { valueType } = schema.def;
    return Object.entries(value).flatMap(([key, item]) => look(valueType, item, [...path, key], inDecisive));
  }
  if (!(schema instanceof z.ZodObject)) return [];
  // A container's body is a part of the document, and looked at as one.
  if (isScope(schema)) return [];
  const fields: Fields = schema.shape;
  return [
    ...unknownKeys(fields, Object.keys(value)).map((found) => ({
      ...found,
      path,
      isDecisive: found.isDecisive || inDecisive,
    })),
    ...Object.entries(fields).flatMap(([name, field]) =>
      Object.hasOwn(value, name) ? look(field, value[name], [...path, name], inDecisive || isDecisive(field)) : [],
    ),
  ];
}

/** Of several forms that are allowed, the one that the value comes closest to. */
function nearestOption(
  union: z.ZodUnion,
  value: unknown,
  path: readonly (string | number)[],
  inDecisive: boolean,
): UnknownName[] {
  const fitting = union.def.options.filter((option) => sameKind(option, value));
  const found = fitting.map((option) => look(option, value, path, inDecisive));
  return found.sort((left, right) => left.length - right.length)[0] ?? [];
}

function sameKind(option: z.core.$ZodType, value: unknown): boolean {
  const inner = unwrapped(option);
  if (inner !== null) return sameKind(inner, value);
  if (Array.isArray(value)) return option instanceof z.ZodArray;
  return option instanceof z.ZodObject || option instanceof z.ZodRecord || option instanceof z.ZodUnion;
}

function isScope(schema: z.ZodObject): boolean {
  return Object.hasOwn(schema.shape, "nodes") && Object.hasOwn(schema.shape, "edges");
}
