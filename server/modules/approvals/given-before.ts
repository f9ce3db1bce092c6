import type { ApprovalChange, ApprovedBefore } from "@/core/contracts/approval";
import { sameJson } from "@/core/json-guard";
import type { OrganizationId } from "@/server/db/tenant";
import type { Mask } from "@/server/modules/runs/service";
import { maskedCard, maskedValue } from "./masked-card";
import type { ApprovalRow } from "./repository";
import { readApprovalRequest, type ApprovalRequest } from "./request";
import { findApprovedBefore, findGivenBefore } from "./store";

export interface GivenBefore {
  before: ApprovedBefore;
  /** What was decided on then, in this run; null where it was in another one. */
  request: ApprovalRequest | null;
}

/**
 * Approvals that somebody gave already, by id: in this run, before it went back to a step above them, or in the run that it goes on
 * from. The latest one counts.
 */
export async function givenBefore(
  organizationId: OrganizationId,
  rows: readonly ApprovalRow[],
  runs: readonly { id: string; restoredFrom: string | null }[],
): Promise<ReadonlyMap<string, GivenBefore>> {
  const [elsewhere, here] = await Promise.all([
    findApprovedBefore(
      organizationId,
      runs.filter(({ restoredFrom }) => restoredFrom !== null).map(({ id }) => id),
    ),
    findGivenBefore(
      organizationId,
      rows.map(({ id }) => id),
    ),
  ]);
  return new Map(
    rows.flatMap((row): [string, GivenBefore][] => {
      const [own, other] = [here.get(row.id), elsewhere.get(`${row.runId} ${row.key}`)];
      if (own) {
        const { request, ...before } = own;
        return [[row.id, { before: { runId: row.runId, ...before }, request: readApprovalRequest(request) }]];
      }
      return other ? [[row.id, { before: other, request: null }]] : [];
    }),
  );
}

/** What of the card is not any more what it was when the approval was given; as its reader may see it. */
export function changesSince(
  { request: then }: GivenBefore,
  now: ApprovalRequest,
  nodeId: string,
  mask: Mask,
): ApprovalChange[] {
  if (then === null || now.changed.length > 0) return [];
  const [was, is] = [maskedCard(then, nodeId, mask), maskedCard(now, nodeId, mask)];
  const fields = differing(linesOf(was.fields), linesOf(is.fields)).map((change) => ({
    ...change,
    label: change.path,
  }));
  const facts = differing(factsOf(then), factsOf(now))
    // What a line of the card says is said once.
    .filter((fact) => !fields.some((line) => line.was === asLine(fact.was) && line.now === asLine(fact.now)))
    .map(({ path, was: before, now: after }) => ({
      path,
      was: maskedValue(path, before, mask),
      now: maskedValue(path, after, mask),
    }));
  const changes = [...fields, ...facts];
  if (changes.length > 0 || was.headline === is.headline) return changes;
  return [{ path: "headline", was: was.headline, now: is.headline }];
}

const asLine = (value: ApprovalChange["now"]): string => (typeof value === "string" ? value : JSON.stringify(value));

type Values = ReadonlyMap<string, ApprovalChange["now"]>;

const factsOf = ({ facts, bound }: ApprovalRequest): Values =>
  new Map([...facts, ...bound].map(({ path, value }) => [path, value]));

const linesOf = (fields: readonly { label: string; value: string }[]): Values =>
  new Map(fields.map(({ label, value }) => [label, value]));

function differing(was: Values, now: Values): ApprovalChange[] {
  return [...new Set([...was.keys(), ...now.keys()])]
    .map((path) => ({ path, was: was.get(path) ?? null, now: now.get(path) ?? null }))
    .filter((change) => !sameJson(change.was, change.now));
}
