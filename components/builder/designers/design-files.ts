import { acceptsType, fileTypes, maxFileBytes } from "@/core/file-types";
import type { JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { asksForFiles, attachmentQuestion } from "@/core/schema/attachment";
import type { DesignField } from "./design-field";

/** Types that people choose together. */
export const fileGroups = [
  { label: "PDF", types: ["application/pdf"] },
  { label: "Pictures", types: ["image/*"] },
  { label: "Plain text and CSV", types: ["text/plain", "text/csv"] },
  {
    label: "Word, Excel and PowerPoint",
    types: fileTypes.map(({ type }) => type).filter((type) => type.includes("openxmlformats")),
  },
] as const;
export type FileGroup = (typeof fileGroups)[number];

export const mostMegabytes = maxFileBytes / 1_000_000;

/** The groups of which a question takes every type. */
export function groupsOf(field: DesignField): FileGroup[] {
  const accept = askedOf(field)?.accept ?? [];
  return fileGroups.filter(({ types }) =>
    fileTypes.every(({ type }) => !acceptsType(types, type) || acceptsType(accept, type)),
  );
}

/** The question with one group more or less; the last one stays. */
export function withGroup(field: DesignField, group: FileGroup, on: boolean): DesignField {
  const before = groupsOf(field);
  const groups = fileGroups.filter((each) => (each === group ? on : before.includes(each)));
  if (groups.length === 0) return field;
  return withKeyword(
    field,
    "x-accept",
    groups.length === fileGroups.length ? undefined : groups.flatMap(({ types }) => types),
  );
}

export function megabytesOf(field: DesignField): number {
  return (askedOf(field)?.maxBytes ?? 0) / 1_000_000;
}

export function withMegabytes(field: DesignField, megabytes: number): DesignField {
  return withKeyword(field, "x-max-bytes", Math.round(Math.min(mostMegabytes, megabytes) * 1_000_000));
}

function askedOf({ schema }: DesignField) {
  return attachmentQuestion(schema) ?? asksForFiles(schema);
}

/** What a question for several files says of each stands at its items. */
function withKeyword(field: DesignField, keyword: string, value: JsonObject[string] | undefined): DesignField {
  const { items } = field.schema;
  const isList = attachmentQuestion(field.schema) === null && isJsonObject(items);
  const { [keyword]: _before, ...rest } = isList ? items : field.schema;
  const next: JsonObject = value === undefined ? rest : { ...rest, [keyword]: value };
  return { ...field, schema: isList ? { ...field.schema, items: next } : next };
}
