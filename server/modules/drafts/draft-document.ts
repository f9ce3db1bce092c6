import type { Json, JsonObject } from "@/core/json";
import type { EditableDocument } from "@/core/workflow/edit/operation";
import { readVersion, type VersionParts } from "@/server/modules/workflows/service";

export function documentOf(parts: VersionParts): EditableDocument {
  const { spec, triggers, config } = readVersion(parts);
  return { spec, triggers, config };
}

/** As columns. `source` is the spelling that the document was imported in; exports use it where it still means the same. */
export function partsFrom(document: EditableDocument, source: JsonObject): VersionParts {
  const { spec, triggers, config } = jsonOf(document);
  return { source, spec, triggers, config };
}

/** Operations let nothing but JSON in; the types of the document only leave fields open. */
export function jsonOf({ spec, triggers, config }: EditableDocument): {
  spec: JsonObject;
  triggers: Json[];
  config: JsonObject;
} {
  return {
    spec: spec as unknown as JsonObject,
    triggers: triggers as unknown as Json[],
    config: config as unknown as JsonObject,
  };
}
