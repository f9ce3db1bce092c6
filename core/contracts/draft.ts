import type { JsonObject } from "@/core/json";
import type { Issue } from "@/core/workflow/document";
import type { EditableDocument, Operation } from "@/core/workflow/edit/operation";
import type { DocumentChange } from "@/core/workflow/edit/document-changes";
import type { WorkflowGraph } from "@/core/workflow/graph";

/** A workflow as the builder opens it: its draft, or the newest version when nobody edited since. */
export interface DraftState {
  workflowId: string;
  slug: string;
  name: string;
  /**
   * Grows by one with every saved batch, and whenever the document becomes another one at a stroke (discarded, published, a
   * new version while there is no draft). Never goes back, also not with the next draft; 0 until the first edit.
   */
  revision: number;
  /** False: `document` is the newest version. */
  hasDraft: boolean;
  /** The version the draft was begun from. */
  baseVersion: number;
  headVersion: number;
  publishedVersion: number | null;
  document: EditableDocument;
  updatedAt: string;
  updatedBy: string | null;
  mayEdit: boolean;
  mayPublish: boolean;
  reviewRequired: boolean;
  /** A frozen draft that waits for a second person. */
  review: PublishReviewItem | null;
}

/** A batch that somebody saved. */
export interface SavedBatch {
  revision: number;
  batchId: string;
  clientId: string;
  by: string;
  at: string;
  operations: Operation[];
}

export interface AppliedDraft {
  /** What the draft has with this batch. */
  revision: number;
  /**
   * What was saved since `baseRevision` before this batch, oldest first; null: too much, or another document, so open the
   * draft again.
   */
  missed: SavedBatch[] | null;
  /** Operations of this batch that meant nothing any more, e.g. since the step was removed. */
  refused: { index: number; reason: string }[];
}

export interface DraftPerson {
  clientId: string;
  userId: string;
  name: string;
  nodeId: string | null;
}

/** What publishing would change, in words. */
export interface PublishPreview {
  /** The number it would get. */
  nextVersion: number;
  publishedVersion: number | null;
  revision: number;
  changes: DocumentChange[];
  issues: Issue[];
  /** Runs that have not ended, by the version they stay on. */
  openRuns: { version: number; runs: number }[];
  reviewRequired: boolean;
  /** A version was saved otherwise (API, rollback) since the draft was begun. */
  overtakenBy: number | null;
}

/** Two states of one workflow, side by side. */
export interface DraftComparison {
  /** What leads from `before` to `after`, in words. */
  changes: DocumentChange[];
  /** Canonical documents `{ spec, triggers, config }`, for the textual diff. */
  before: JsonObject;
  after: JsonObject;
  beforeGraph: WorkflowGraph;
  afterGraph: WorkflowGraph;
}

/** What came of asking to publish: it is live, or a second person decides first. */
export type PublishOutcome = { published: number } | { reviewId: string };

export interface PublishReviewItem {
  id: string;
  workflow: { slug: string; name: string };
  status: "pending" | "approved" | "rejected" | "withdrawn";
  note: string;
  requestedBy: { id: string; name: string };
  createdAt: string;
  decidedBy: string | null;
  comment: string | null;
  decidedAt: string | null;
  version: number | null;
  changes: DocumentChange[];
  /** Why the person looking may not decide it; null: they may. */
  blocked: string | null;
  mayWithdraw: boolean;
}
