import { z } from "zod";

const marks = z.registry<{ decisive: true }>();

/** Marks a field whose loss would change who decides or what happens twice: a misspelling of it stops publishing. */
export function decisive<T extends z.ZodType>(schema: T): T {
  marks.add(schema, { decisive: true });
  return schema;
}

/** Whether a schema, or what it wraps (`.optional()`, `.default(…)`), is marked. */
export function isDecisive(schema: z.core.$ZodType): boolean {
  for (let at: z.core.$ZodType | null = schema; at !== null; at = unwrapped(at)) if (marks.get(at)) return true;
  return false;
}

/** What stands inside a wrapper that changes only whether the value may be left out; null for anything else. */
export function unwrapped(schema: z.core.$ZodType): z.core.$ZodType | null {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodReadonly
  )
    return schema.def.innerType;
  return schema instanceof z.ZodPipe ? schema.def.in : null;
}
