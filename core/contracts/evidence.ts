import type { DecisionRecord } from "./approval";
import type { AuditItem } from "./audit";
import type { FileAnswer } from "./file";
import type { Json } from "@/core/json";
import type { RunEventItem } from "./run";

/** A seal with all lines that it covers: SHA-256 over `previous` and `lines`, joined by line feeds, is `hash`. */
export interface ChainLink {
  previous: string;
  /** Each one a JSON array: number, organization, time, actor, action, subject type, subject id, data, address, auth, payload hash. */
  lines: string[];
  hash: string;
  up_to: string;
  sealed_at: string;
}

/** What proves that lines of the log are as they were written. */
export interface ChainProof {
  links: ChainLink[];
  /** The newest seal when this was made. */
  head: { hash: string; up_to: string; sealed_at: string } | null;
  /** Numbers of lines that no link here covers: not sealed yet, or more than a file carries. */
  not_proven: string[];
}

/** One decision, as whoever took the evidence may see it. */
export interface EvidenceDecision {
  id: string;
  workflow: { slug: string; name: string; version: number };
  run_id: string;
  /** `rule`: why these people, where a table of approver rules said so. */
  asked: { at: string; of: string[]; rule: string | null; requested_by: string | null; due_at: string | null };
  shown: {
    headline: string;
    fields: { label: string; value: string }[];
    held: { path: string; label: string; value: Json }[];
    changed_since_approved: { path: string; was: Json; now: Json }[];
    consequences: { approved: string[]; rejected: string[]; timed_out: string[] | null };
    /** SHA-256 (hex) of the whole request, as the log has it too. Null for whoever may see only part of it. */
    hash: string | null;
    /** The request as it was kept: its SHA-256 is `hash`. Null where part of it is not shown. */
    text: string | null;
  };
  status: string;
  decision: string | null;
  decided_at: string | null;
  decided_by: string | null;
  on_behalf_of: string | null;
  via: string | null;
  /** How it was proven who decided, and from where: of the log's line; null for whoever may not read the log. */
  identified: { auth: string | null; address: string | null } | null;
  proven_by: string | null;
  comment: string | null;
  message_to_requester: string | null;
  edits: DecisionRecord["edits"];
  votes: { by: string; decision: string; at: string; comment: string | null }[];
  timeout_effect: string | null;
  cancelled: { by: string; reason: string | null } | null;
}

/** What a file of evidence holds. */
export interface EvidencePack {
  format: "holdpoint-evidence/1";
  made: { at: string; by: string; organization: { id: string; name: string } };
  about: { decision: string } | { since: string; until: string };
  decisions: EvidenceDecision[];
  /** Of one decision: what happened in its run. */
  run: {
    id: string;
    status: string;
    started_at: string | null;
    ended_at: string | null;
    timeline: RunEventItem[];
    /** Files and signatures in the answers of the run, as far as whoever took the evidence may see those. */
    files: FileAnswer[];
  } | null;
  /** Lines of the log about it, oldest first. Null for whoever may not read the log. */
  log: { lines: AuditItem[]; more: boolean; proof: ChainProof } | null;
}
