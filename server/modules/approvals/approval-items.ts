import type { ApprovalItem, ApprovalStatus } from "@/core/contracts/approval";
import type { Actor } from "@/server/db/tenant";
import { assigneeRefsOf, memberNames, nameRefs } from "@/server/modules/directory/service";
import {
  masksOfRuns,
  noMask,
  readUndecidable,
  workflowRefs,
  type Deputy,
  type Mask,
} from "@/server/modules/runs/service";
import { delegatorsOf, deputiesOf, type Delegator } from "./delegators";
import { fingerprintOf } from "./fingerprint";
import { changesSince, givenBefore, type GivenBefore } from "./given-before";
import { maskedCard } from "./masked-card";
import { mayReassign, refusalFor, type ApprovalPolicy, type Decider, type Requester } from "./policy";
import { listRunFacts, listWorkflowOwners, type ApprovalRow } from "./repository";
import { questionFacts } from "./question-facts";
import { readApprovalRequest, readComment, readDelegations, readVotes, type ApprovalRequest } from "./request";
import { findDeciding, findRequesters, type Deciding, type Requesters } from "./store";

type RunFacts = Awaited<ReturnType<typeof listRunFacts>>[number];

/**
 * Approvals as their reader sees them: with names instead of ids, and whether this person may decide. What the run calls
 * sensitive is hidden, save `whole`: in front of a person who is to decide on it.
 */
export async function toItems(
  actor: Actor,
  rows: readonly ApprovalRow[],
  { whole = false }: { whole?: boolean } = {},
): Promise<ApprovalItem[]> {
  const runs = new Map(
    (await listRunFacts(actor.organizationId, [...new Set(rows.map((row) => row.runId))])).map((run) => [run.id, run]),
  );
  const workflowIds = [...new Set(rows.map((row) => row.workflowId))];
  const [workflows, owners, names, actorRefs, masks, requesters, deciding, before] = await Promise.all([
    workflowRefs(actor.organizationId, workflowIds),
    listWorkflowOwners(actor.organizationId, workflowIds),
    nameRefs(actor.organizationId, [
      ...new Set(rows.flatMap((row) => [...row.assignees, ...readApprovalRequest(row.request).quorum.stages])),
    ]),
    assigneeRefsOf(actor),
    whole ? new Map<string, never>() : masksOfRuns(actor.organizationId, [...runs.keys()]),
    findRequesters(actor.organizationId, [...new Set(rows.filter(isFourEyes).map((row) => row.runId))]),
    decidingOf(actor, rows),
    givenBefore(actor.organizationId, rows, [...runs.values()]),
  ]);
  const [deputies, members] = await Promise.all([deputiesOf(actor, rows), memberNames(actor.organizationId)]);
  const delegators = await delegatorsOf(actor, rows, actorRefs, deputies);
  return Promise.all(
    rows.map(async (row) => {
      const request = readApprovalRequest(row.request);
      const run = runs.get(row.runId);
      const workflow = workflows.get(row.workflowId);
      const mask = masks.get(row.runId) ?? noMask;
      const delegator = delegators.get(row.id);
      const refusal =
        run && row.status === "open"
          ? await refusalOf(actor, row, run, { actorRefs, onBehalfOf: delegator, requesters, deciding })
          : null;
      const votes = readVotes(row.votes);
      const { mode, stages } = request.quorum;
      const approvals = votes.filter(({ decision }) => decision === "approved").length;
      const mayDecide = actor.scopes.has("approvals:decide");
      return {
        id: row.id,
        runId: row.runId,
        nodeId: row.nodeId,
        status: statusOf(row),
        ...maskedCard(request, row.nodeId, mask),
        fingerprint: fingerprintOf(row),
        assignRefs: row.assignees,
        assignTo: row.assignees.map((ref) => names.get(ref) ?? ref),
        ...beforeFacts(before.get(row.id), request, row, mask),
        dueAt: row.dueAt?.toISOString() ?? null,
        createdAt: row.createdAt.toISOString(),
        requestedBy: mask(run?.requestedBy ?? null),
        test: run?.test ?? false,
        workflow: {
          id: row.workflowId,
          slug: workflow?.slug ?? "",
          name: workflow?.name ?? "A deleted workflow",
          version: run?.version ?? 0,
        },
        decision: decisionOf(row),
        decidedBy: row.resolvedByName === null ? null : { id: row.resolvedById, name: row.resolvedByName },
        decidedAt: row.resolvedAt?.toISOString() ?? null,
        comment: mask(readComment(row.resolution)),
        votes: votes.map(({ byName, decision, at, comment = null }) => ({
          name: byName,
          decision,
          at: new Date(at).toISOString(),
          comment: mask(comment),
        })),
        decisionsNeeded: deciding.get(row.id)?.needed ?? 1,
        quorum: {
          mode: run?.test === true ? "any" : mode,
          then: stages.slice(approvals + 1).map((ref) => names.get(ref) ?? ref),
        },
        canDecide: row.status === "open" && mayDecide && refusal === null,
        cannotDecideReason:
          row.status === "open" ? (mayDecide ? (refusal?.message ?? null) : "Your role may look, not decide.") : null,
        commentRequiredOn: [...request.policy.commentRequiredOn],
        undecidable: readUndecidable(row),
        ...questionFacts(actor, row, {
          run,
          mayDecide: mayDecide && refusal === null,
          isMember: (userId) => members.has(userId),
          mask,
        }),
        ...delegationFacts(actor, row, mask),
        ...deputyFacts(deputies.get(row.id) ?? [], delegator, members),
        mayDelegate:
          row.status === "open" &&
          run?.test === false &&
          mayDecide &&
          refusal === null &&
          delegator === undefined &&
          !readDelegations(row.delegations).some(({ from, to }) => [from, to].includes(actor.userId ?? "")),
        mayReassign:
          row.status === "open" &&
          run?.test === false &&
          mayReassign(actor, owners.get(row.workflowId)) &&
          !isRequester(actor, row, requesters),
      };
    }),
  );
}

/** Who gave it already, and what is not any more as it was then. */
function beforeFacts(
  given: GivenBefore | undefined,
  request: ApprovalRequest,
  { nodeId }: ApprovalRow,
  mask: Mask,
): Partial<Pick<ApprovalItem, "changed">> & Pick<ApprovalItem, "approvedBefore"> {
  if (given === undefined) return { approvedBefore: null };
  const changed = changesSince(given, request, nodeId, mask);
  return { approvedBefore: given.before, ...(changed.length > 0 && { changed }) };
}

/** Who may decide it in whose name, and what the reader has to do with that. */
function delegationFacts(
  actor: Actor,
  { delegations }: ApprovalRow,
  mask: (text: string | null) => string | null,
): Pick<ApprovalItem, "delegations" | "delegatedBy" | "delegatedTo"> {
  const all = readDelegations(delegations).map((each) => ({ ...each, reason: mask(each.reason ?? null) }));
  const toMe = all.find(({ to }) => to === actor.userId);
  return {
    delegations: all.map(({ fromName, toName, reason, at }) => ({ from: fromName, to: toName, reason, at })),
    delegatedBy: toMe ? { name: toMe.fromName, reason: toMe.reason } : null,
    delegatedTo: all.find(({ from }) => from === actor.userId)?.toName ?? null,
  };
}

/** Who answers for whom is away, and whether that is what the reader does. */
function deputyFacts(
  deputies: readonly Deputy[],
  delegator: Delegator | undefined,
  names: ReadonlyMap<string, string>,
): Pick<ApprovalItem, "deputies" | "standsInFor"> {
  const all = deputies.map(({ from, to, until }) => ({
    from: names.get(from) ?? "A colleague",
    to: names.get(to) ?? "A colleague",
    until: until?.toISOString() ?? null,
  }));
  const absent = deputies.find(({ from }) => delegator?.isAway === true && from === delegator.userId);
  return {
    deputies: all,
    standsInFor:
      absent === undefined || delegator === undefined
        ? null
        : { name: delegator.name, until: absent.until?.toISOString() ?? null },
  };
}

/** Why this person may not decide; null if they may. */
export async function refusalOf(
  actor: Actor,
  row: ApprovalRow,
  run: RunFacts,
  more: {
    actorRefs?: readonly string[];
    onBehalfOf?: Decider | undefined;
    requesters: ReadonlyMap<string, Requesters>;
    deciding: ReadonlyMap<string, Deciding>;
  },
) {
  return refusalFor({
    actor,
    actorRefs: more.actorRefs ?? (await assigneeRefsOf(actor)),
    assignees: row.assignees,
    policy: policyOf(row, run),
    onBehalfOf: more.onBehalfOf ?? null,
    requester: requesterOf(row, more.requesters),
    spoken: readVotes(row.votes).flatMap(({ people }) => people),
    electorate: row.voters.length === 0 ? null : row.voters,
    decidedBefore: more.deciding.get(row.id)?.decidedBefore ?? [],
  });
}

/** In a test its tester stands in for everybody, and nothing behind the approval is real. */
export function policyOf(row: ApprovalRow, run: RunFacts): ApprovalPolicy {
  const { policy } = readApprovalRequest(row.request);
  return run.test ? { ...policy, requesterCannotApprove: false, neverTwice: false } : policy;
}

export function requesterOf(row: ApprovalRow, requesters: ReadonlyMap<string, Requesters>): Requester {
  return requesters.get(row.runId) ?? { people: [], isKnown: false };
}

/** Under four eyes: whether this person asked for it. */
export function isRequester(
  actor: Pick<Actor, "userId">,
  row: ApprovalRow,
  requesters: ReadonlyMap<string, Requesters>,
): boolean {
  return isFourEyes(row) && actor.userId !== null && requesterOf(row, requesters).people.includes(actor.userId);
}

/** Of those that more than who is asked decides about. */
export function decidingOf(actor: Actor, rows: readonly ApprovalRow[]): Promise<ReadonlyMap<string, Deciding>> {
  return findDeciding(
    actor.organizationId,
    rows.filter((row) => isForSeveral(row)).map(({ id }) => id),
  );
}

/** Whether several people may have to decide, or not everybody who is asked may. */
export function isForSeveral(row: ApprovalRow): boolean {
  const { policy, quorum } = readApprovalRequest(row.request);
  return policy.requesterCannotApprove || policy.neverTwice || quorum.mode !== "any";
}

export function isFourEyes(row: ApprovalRow): boolean {
  return readApprovalRequest(row.request).policy.requesterCannotApprove;
}

function statusOf(row: ApprovalRow): ApprovalStatus {
  if (row.status === "open") return row.questionAt === null ? "pending" : "info_requested";
  if (row.status === "superseded") return "superseded";
  return row.status === "cancelled" ? "cancelled" : (decisionOf(row) ?? "superseded");
}

export function decisionOf(row: ApprovalRow): ApprovalItem["decision"] {
  if (row.status === "cancelled") return "cancelled";
  return row.outcome === "approved" || row.outcome === "rejected" || row.outcome === "timed_out" ? row.outcome : null;
}
