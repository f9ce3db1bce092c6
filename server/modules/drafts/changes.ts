import { defaultConfig } from "@/core/spec/document";
import type { DocumentChange } from "@/core/spec/edit/document-changes";
import { diffDocuments } from "@/core/spec/edit/diff-documents";
import type { EditableDocument } from "@/core/spec/edit/operation";
import { stepDefinitions } from "@/steps/definitions";

/** What leads from one document to the other, in words; `before` is null where nothing was live. */
export function changesBetween(before: EditableDocument | null, after: EditableDocument): DocumentChange[] {
  return diffDocuments(before ?? nothing(after), after, stepDefinitions);
}

/** Nothing at all, which begins where the document does: that a first version begins somewhere is no change. */
function nothing({ spec: { startNodeId } }: EditableDocument): EditableDocument {
  return { spec: { specVersion: "1", startNodeId, nodes: [], edges: [] }, triggers: [], config: defaultConfig };
}
