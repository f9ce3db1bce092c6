import type { DocumentChange } from "@/core/spec/edit/document-changes";
import { diffDocuments } from "@/core/spec/edit/diff-documents";
import type { EditableDocument } from "@/core/spec/edit/operation";
import { stepDefinitions } from "@/steps/definitions";

/** What leads from one document to the other, in words. */
export function changesBetween(before: EditableDocument, after: EditableDocument): DocumentChange[] {
  return diffDocuments(before, after, stepDefinitions);
}
