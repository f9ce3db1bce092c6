import { z } from "zod";
import type { JsonObject } from "@/core/json";

/**
 * What the importer writes into `x-source`, so that `exportSpec` can give back the imported spelling. Each part is used
 * only while the canonical fields still say what they said at the import; after an edit the canonical form is exported.
 */
const target = z.object({ case: z.string(), to: z.string() });
export type Target = z.output<typeof target>;

const fields = z.record(z.string(), z.json()).optional();

export const nodeSource = z.strictObject({
  /** The type as it was written, e.g. `Action`. */
  type: z.string().optional(),
  /** Fields that the type does not know. */
  fields,
  /** Fields that were written differently … */
  given: fields,
  /** … and the canonical fields that came of them … */
  became: fields,
  /** … and the edges that came of them. */
  targets: z.array(target).optional(),
});
export type NodeSource = z.output<typeof nodeSource>;

export const edgeSource = z.strictObject({
  /** Came from a field of its node (`cases.x.next`), not from the list of edges. */
  inline: z.boolean().optional(),
  /** The case as it was written; absent with `as`: there was none. */
  case: z.json().optional(),
  /** What that case was understood as. */
  as: z.string().optional(),
  fields,
});
export type EdgeSource = z.output<typeof edgeSource>;

export const scopeSource = z.strictObject({
  /** Fields that were not there and are filled in by the canonical form. */
  omitted: z.array(z.string()).optional(),
  /** `specVersion` as it was written. */
  specVersion: z.json().optional(),
  /** The entry node that carried the document's input schema. */
  inputSchemaOf: z.string().optional(),
  fields,
});
export type ScopeSource = z.output<typeof scopeSource>;

/** The record of a canonical document that comes in again; null when there is none or somebody else wrote it. */
export function readSource<T extends object>(schema: z.ZodType<T>, value: unknown): T | null {
  // The value itself, not what zod makes of it: zod leaves out own keys named `__proto__`.
  return schema.safeParse(value).success ? (value as T) : null;
}

/** Nothing is stored when there is nothing to remember. */
export function sourceField(source: object): { "x-source"?: JsonObject } {
  const entries = Object.entries(source).filter(([, value]) => value !== undefined && !isEmpty(value));
  return entries.length === 0 ? {} : { "x-source": Object.fromEntries(entries) };
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
