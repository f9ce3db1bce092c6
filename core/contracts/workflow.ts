import type { Issue, Trigger, WorkflowConfig } from "@/core/workflow/document";
import type { WorkflowGraph } from "@/core/workflow/graph";

export const workflowStatuses = ["draft", "active", "retired"] as const;
export type WorkflowStatus = (typeof workflowStatuses)[number];

export interface WorkflowListItem {
  id: string;
  slug: string;
  name: string;
  description: string;
  status: WorkflowStatus;
  enabled: boolean;
  triggerTypes: string[];
  headVersion: number;
  publishedVersion: number | null;
  executions: number;
  /** Runs per day, oldest first, last 14 days: completed, failed, other. */
  activity: { day: string; completed: number; failed: number; other: number }[];
  openRuns: number;
  updatedAt: string;
  /** Path, parts joined by "/"; empty = at the top. */
  folder: string;
  tags: string[];
  owner: { id: string; name: string };
  /** Somebody edited since the newest version. */
  hasDraft: boolean;
  /** When a schedule of the live version starts it next. */
  nextRunAt: string | null;
}

export interface WorkflowDetail extends WorkflowListItem {
  triggers: Trigger[];
  config: WorkflowConfig;
  graph: WorkflowGraph;
  issues: Issue[];
  versions: {
    number: number;
    note: string;
    isCurrent: boolean;
    author: string;
    createdAt: string;
    publishedAt: string | null;
    openRuns: number;
  }[];
  /** A title and JSON Schema for the manual-run form. */
  inputSchema: Record<string, unknown> | null;
  /** What the person looking has the right to do. `publish` covers rolling back and the Active toggle. */
  may: { start: boolean; edit: boolean; publish: boolean };
  /** Days that ended runs are kept; null = for ever. */
  retentionDays: number | null;
  /** Publishing waits for a second person. */
  reviewRequired: boolean;
}
