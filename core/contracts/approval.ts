import type { Money } from "../card-money";
import type { Json, JsonObject } from "@/core/json";
import type { CountsBy } from "@/core/contracts/calendar";
import type { QuorumMode } from "@/core/quorum";
import type { Undecidable } from "./undecidable";

export const approvalStatuses = [
  "pending",
  "approved",
  "rejected",
  "timed_out",
  "cancelled",
  "superseded",
  "info_requested",
] as const;
export type ApprovalStatus = (typeof approvalStatuses)[number];

/** How long a person may take back what they decided on a page, ms. Over the API it counts at once. */
export const undoMs = 5_000;

/** The word of one of several people who decide. */
export interface ApprovalVote {
  name: string;
  decision: "approved" | "rejected";
  at: string;
  comment: string | null;
}

/** Something that whoever decides asked the requester. */
export interface ApprovalQuestion {
  id: string;
  by: string;
  to: string;
  text: string;
  at: string;
  answer: string | null;
  answeredBy: string | null;
  answeredAt: string | null;
}

/** A value that is not any more what somebody approved. */
export interface ApprovalChange {
  path: string;
  was: Json;
  now: Json;
  /** What the card calls it, where that is no path. */
  label?: string;
}

/** An approval that was given in another run, or in this one before it went back to an earlier step. `by`: null where its time ran out. */
export interface ApprovedBefore {
  runId: string;
  by: string | null;
  at: string | null;
  happened: boolean;
}

/** How somebody proved on the page of a link who they are: by a code sent to their address, or by being signed in. */
export type LinkProof = "code" | "session";

/** The table of approver rules that asked, at the version that it did. */
export interface AskingRule {
  /** "Asked by the rule “Spend”, version 3: amount over €10,000 and site Lyon" */
  sentence: string;
  note: string | null;
  table: string;
  version: number;
  /** The number of the row, from 1; null: no row fitted, and "otherwise" asked. */
  row: number | null;
}

/** An inbox card. */
export interface ApprovalItem {
  id: string;
  runId: string;
  nodeId: string;
  status: ApprovalStatus;
  actionLabel: string;
  /** The sentence on line 1. */
  headline: string;
  fields: { label: string; value: string }[];
  /** What can be added up of the money that it is about; null where it is about none, or it is hidden from the reader. */
  money: Money | null;
  /** Another one as soon as anything that whoever decides is shown of it changes. */
  fingerprint: string;
  /** For people: "Manager", "Kim". */
  assignTo: string[];
  /** Why they are asked, in one sentence, where a table of approver rules said so. */
  rule: AskingRule | null;
  /** As stored: `role:manager`, `user:<uuid>`. */
  assignRefs: string[];
  /** Why it is asked again: what changed after an earlier approval. Empty the first time. */
  changed: ApprovalChange[];
  /** Who gave it already, in the run that this one goes on from or in this one, and whether what it allows was done then. */
  approvedBefore: ApprovedBefore | null;
  dueAt: string | null;
  /** By which calendar that was counted; null: every hour. */
  countsBy: CountsBy | null;
  createdAt: string;
  requestedBy: string | null;
  /** Asked by a test: only its tester sees it. */
  test: boolean;
  workflow: { id: string; slug: string; name: string; version: number };
  decision: "approved" | "rejected" | "timed_out" | "cancelled" | null;
  decidedBy: { id: string | null; name: string } | null;
  decidedAt: string | null;
  comment: string | null;
  /** Where several people decide: what was said so far, first to last. */
  votes: ApprovalVote[];
  /** How many must approve it; at least 2 where four eyes are wanted and nobody can tell who began the run. */
  decisionsNeeded: number;
  quorum: {
    mode: QuorumMode;
    /** Of a sequence: who is asked after those who are asked now, in order, for people. */
    then: string[];
  };
  /** Whether the person looking may decide, and if not why. */
  canDecide: boolean;
  cannotDecideReason: string | null;
  commentRequiredOn: ("approved" | "rejected")[];
  /** While it is open: since when nobody can decide it, and why. */
  undecidable: Undecidable | null;
  /** What was asked back before deciding, first to last. `info_requested` while the last has no answer; its time stands still as long. */
  questions: ApprovalQuestion[];
  /** Whether the person looking may ask the requester something. */
  mayAsk: boolean;
  /** Whether the open question is theirs to answer. */
  mayAnswer: boolean;
  /** Who gave it to which colleague, by name: it stays theirs, and either may decide. */
  delegations: { from: string; to: string; reason: string | null; at: string }[];
  /** Who gave it to the person looking, and what they said. */
  delegatedBy: { name: string; reason: string | null } | null;
  /** Whom the person looking gave it to. */
  delegatedTo: string | null;
  /** Who answers for whom while that person is away, by name. `until`: when they are back; null where nobody knows. */
  deputies: { from: string; to: string; until: string | null }[];
  /** Who is away, where the person looking decides it in their name for that reason. */
  standsInFor: { name: string; until: string | null } | null;
  /** Whether the person looking may give it to a colleague. */
  mayDelegate: boolean;
  /** Whether the person looking may give it to somebody else. */
  mayReassign: boolean;
}

/** What the workflow made of nobody deciding in time: the way that was taken, or that others were asked, or that the step failed. */
export const timeoutEffects = ["approved", "rejected", "timed_out", "asked_others", "failed"] as const;

/** How an approval that is not open any more came to its end, beside what its card says. */
export interface DecisionRecord {
  /** Who decided, by their own name. */
  by: string | null;
  onBehalfOf: string | null;
  /** That person was away, and their deputy decided. */
  wasAway?: boolean;
  /** Signed in, over the API, or by a link; null where nobody decided. */
  via: "ui" | "api" | "link" | null;
  /** By a link: how it was proven who decided. */
  provenBy?: LinkProof;
  messageToRequester: string | null;
  /** Values that were changed while approving. `was` is left out where nobody knows it any more. */
  edits: { path: string; label: string; was?: Json; now: Json }[];
  /** Of one whose time ran out; null where that was not written down. */
  timeoutEffect: (typeof timeoutEffects)[number] | null;
  /** Who cancelled its run, and why. Null where the run ended, or went on, without it. */
  cancelled: { by: string; reason: string | null } | null;
}

/** A value of the run's input that may be changed while approving. */
export interface EditableValue {
  /** As a decision names it: `input.amount`. */
  path: string;
  label: string;
  /** The part of the input's JSON Schema that draws and checks it. */
  schema: JsonObject;
  value: Json;
}

/** The card unfolded: facts, customer, conversation, what happens next, history. */
export interface ApprovalContext extends ApprovalItem {
  customer: { name: string; email: string | null; plan: string | null } | null;
  conversation: {
    id: string;
    messages: { id: string; author: string; authorName: string; body: string; at: string }[];
  } | null;
  /** Values that the decision holds to: what was shown, what later steps read of the input, and what `bindFields` names. */
  bound: { path: string; label: string; value: Json }[];
  /** Its run is paused: what is decided counts, and nothing moves until somebody resumes it. */
  isPaused: boolean;
  /** What the person looking may change while approving. */
  editable: EditableValue[];
  /** What comes of each answer, one after the other, verbs first ("charges $42.60"), and of none in time; null without a time limit. */
  whatHappensNext: { approved: string[]; rejected: string[]; timedOut: string[] | null };
  steps: {
    name: string;
    type: string;
    status: string;
    /** Somebody was asked there, and said no. */
    rejected: boolean;
    summary: string | null;
    durationMs: number | null;
  }[];
  /** Null while it is open. */
  record: DecisionRecord | null;
}
