import { sha256 } from "@/server/digest";

/** A line of the audit log as the chain covers it: each value is the text that the database gives of it. */
export interface ChainedLine {
  id: string;
  organizationId: string;
  /** ISO 8601 with milliseconds, UTC. */
  at: string;
  /** JSON */
  actor: string;
  action: string;
  subjectType: string;
  subjectId: string;
  /** JSON */
  data: string | null;
  address: string | null;
  auth: string | null;
  payloadHash: string | null;
}

/** What the first link of an organization stands on. */
export function firstLink(organizationId: string): string {
  return sha256(organizationId);
}

/** The next link: SHA-256 (hex) over the link before it and the lines, in the order of their ids. */
export function nextLink(previous: string, lines: readonly ChainedLine[]): string {
  return sha256([previous, ...lines.map(lineText)].join("\n"));
}

/** One text for one line: no two different lines have the same one. */
export function lineText(line: ChainedLine): string {
  const { id, organizationId, at, actor, action, subjectType, subjectId, data, address, auth, payloadHash } = line;
  return JSON.stringify([
    id,
    organizationId,
    at,
    actor,
    action,
    subjectType,
    subjectId,
    data,
    address,
    auth,
    payloadHash,
  ]);
}
