import type { WorkflowDetail, WorkflowListItem } from "@/core/contracts/workflow";
import { minutesAgo } from "./sample-run";

const activity = [4, 7, 2, 0, 0, 9, 6, 8, 3, 5, 0, 1, 12, 7].map((completed, day) => ({
  day: `2026-11-${String(day + 8)}`,
  completed,
  failed: day % 5 === 0 ? 2 : 0,
  other: day > 11 ? 3 : 0,
}));

const upgrade: WorkflowListItem = {
  id: "w1",
  slug: "subscription-upgrade",
  name: "Subscription Upgrade",
  description: "A customer asks for Enterprise; a manager decides before anything is billed.",
  status: "active",
  enabled: true,
  triggerTypes: ["event", "manual"],
  headVersion: 4,
  publishedVersion: 3,
  executions: 128,
  activity,
  openRuns: 12,
  updatedAt: minutesAgo(120),
  folder: "Billing",
  tags: ["stripe"],
  owner: { id: "u1", name: "Kim" },
  hasDraft: true,
  nextRunAt: null,
};

export const sampleWorkflows: WorkflowListItem[] = [
  upgrade,
  {
    ...upgrade,
    id: "w2",
    slug: "indonesian-kyc-v1",
    name: "Indonesian KYC onboarding",
    description: "Reads the identity card, screens the applicant, asks an analyst when in doubt.",
    headVersion: 1,
    publishedVersion: 1,
    openRuns: 0,
    enabled: false,
  },
  {
    ...upgrade,
    id: "w3",
    slug: "refund-desk",
    name: "Refund desk",
    description: "",
    status: "draft",
    headVersion: 1,
    publishedVersion: null,
    openRuns: 0,
    activity: activity.map((day) => ({ ...day, completed: 0, failed: 0, other: 0 })),
  },
];

export const sampleVersions: WorkflowDetail["versions"] = [
  {
    number: 4,
    note: "Ask the customer for a reason",
    isCurrent: false,
    author: "Kim",
    createdAt: minutesAgo(20),
    publishedAt: null,
    openRuns: 0,
  },
  {
    number: 3,
    note: "",
    isCurrent: true,
    author: "Kim",
    createdAt: minutesAgo(125),
    publishedAt: minutesAgo(120),
    openRuns: 12,
  },
  {
    number: 2,
    note: "Added approval step",
    isCurrent: false,
    author: "Kim",
    createdAt: minutesAgo(3 * 1440),
    publishedAt: minutesAgo(3 * 1440),
    openRuns: 0,
  },
  {
    number: 1,
    note: "Initial version",
    isCurrent: false,
    author: "Kim",
    createdAt: minutesAgo(14 * 1440),
    publishedAt: minutesAgo(14 * 1440),
    openRuns: 0,
  },
];
