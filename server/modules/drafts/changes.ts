import { defaultConfig } from "@/core/workflow/document";
import type { DocumentChange } from "@/core/workflow/edit/document-changes";
import type { EditableDocument } from "@/core/workflow/edit/operation";
import { workApart } from "@/server/apart/work-apart";

/** What leads from one document to the other, in words; `before` is null where nothing was live. */
export function changesBetween(
  organizationId: string,
  before: EditableDocument | null,
  after: EditableDocument,
): Promise<DocumentChange[]> {
  return workApart(organizationId, "diff", { before: before ?? nothing(after), after });
}

/** Nothing at all, which begins where the document does: that a first version begins somewhere is no change. */
function nothing({ spec: { startNodeId } }: EditableDocument): EditableDocument {
  return { spec: { specVersion: "1", startNodeId, nodes: [], edges: [] }, triggers: [], config: defaultConfig };
}
