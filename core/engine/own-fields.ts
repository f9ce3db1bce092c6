import type { SpecNode } from "@/core/spec/document";

/** The fields of a node that belong to its type: all but those every node may have. */
export function ownFields(node: SpecNode): Record<string, unknown> {
  return Object.fromEntries(Object.entries(node).filter(([field]) => !commonFields.has(field)));
}

const commonFields: ReadonlySet<string> = new Set<string>([
  "id",
  "type",
  "name",
  "note",
  "result",
  "retry",
  "timeoutMs",
  "onError",
  "disabled",
  "repeatable",
  "sensitive",
  "join",
  "ui",
  "x-source",
] satisfies (keyof SpecNode)[]);
