import type { ApprovalPreview, ManyResult, ShownApproval } from "@/core/contracts/decisions";
import { moneyLine } from "@/core/card-money";
import { AppError } from "@/core/errors";
import { readId } from "@/core/ids";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { logger } from "@/server/logger";
import { loadVersion } from "@/server/modules/runs/service";
import { toItems } from "./approval-items";
import { decideApproval, undoDecision, type Decision } from "./decide";
import { findApprovals, listRunFacts } from "./repository";
import { readApprovalRequest } from "./request";
import { consequencesOf } from "./what-follows";

/** So many are decided beside each other: the first ones do not wait for the last, and others get their turn. */
const besideEachOther = 5;

/** Each by itself, by the very same rules as alone: what is refused for one changes nothing for the others. In the order of the list. */
export async function decideMany(
  actor: UserActor,
  shown: readonly ShownApproval[],
  decision: Omit<Decision, "edits" | "onBehalfOf" | "fingerprint">,
): Promise<ManyResult[]> {
  requireScope(actor, "approvals:decide");
  return inTurns(shown, async ({ id, fingerprint }): Promise<ManyResult> => {
    try {
      const made = await decideApproval(actor, id, { ...decision, ...(fingerprint !== undefined && { fingerprint }) });
      return { id, result: made.next === null ? "voted" : "decided", next: made.next, undoUntil: made.undoUntil };
    } catch (error) {
      return { id, ...refusedOne(error) };
    }
  });
}

/** Takes back what can still be; gives the others, and why they count. */
export async function undoMany(actor: UserActor, ids: readonly string[]): Promise<{ id: string; message: string }[]> {
  requireScope(actor, "approvals:decide");
  const results = await inTurns(ids, async (id) => {
    try {
      await undoDecision(actor, id);
      return null;
    } catch (error) {
      return { id, message: refusedOne(error).message };
    }
  });
  return results.filter((result) => result !== null);
}

/** What a person must know of each before deciding them together; those that are not there are left out. */
export async function previewMany(actor: UserActor, idTexts: readonly string[]): Promise<ApprovalPreview[]> {
  requireScope(actor, "approvals:decide");
  const ids = idTexts.map((text) => readId("approval", text)).filter((id) => id !== null);
  const rows = new Map((await findApprovals(actor.organizationId, ids)).map((row) => [row.id, row]));
  const asked = ids.flatMap((id) => rows.get(id) ?? []);
  const [items, runs] = await Promise.all([
    toItems(actor, asked, { whole: true }),
    listRunFacts(actor.organizationId, [...new Set(asked.map(({ runId }) => runId))]),
  ]);
  const versionOf = new Map(runs.map((run) => [run.id, run.versionId]));
  return Promise.all(
    asked.flatMap((row, index) => {
      const item = items[index];
      const versionId = versionOf.get(row.runId);
      return item === undefined || versionId === undefined
        ? []
        : [
            loadVersion(actor.organizationId, versionId).then(({ plan }) => ({
              id: item.id,
              headline: item.headline,
              fingerprint: item.fingerprint,
              canDecide: item.canDecide,
              cannotDecideReason: item.cannotDecideReason,
              requestedBy: item.requestedBy,
              figure: item.fields[moneyLine(item.fields)]?.value ?? null,
              money: item.money,
              whatHappensNext: consequencesOf(plan, row.nodeId, readApprovalRequest(row.request).consequences ?? null),
            })),
          ];
    }),
  );
}

async function inTurns<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += besideEachOther)
    results.push(...(await Promise.all(items.slice(at, at + besideEachOther).map((item) => work(item)))));
  return results;
}

function refusedOne(error: unknown): Omit<Extract<ManyResult, { code: string }>, "id"> {
  if (!(error instanceof AppError)) {
    logger().error({ err: error }, "one of several decisions failed");
    const message = "Holdpoint failed to do this one. Look whether it was decided, and try it again.";
    return { result: "refused", code: "internal", message, decision: null, decidedBy: null, decidedAt: null };
  }
  const { code, message, extra } = error;
  const said = (field: string): string | null => {
    const value = extra[field];
    return typeof value === "string" ? value : null;
  };
  return {
    result: code === "approval_already_decided" ? "already_decided" : "refused",
    code,
    message,
    decision: said("decision"),
    decidedBy: said("decided_by"),
    decidedAt: said("decided_at"),
  };
}
