import type { AskItem, InboxContext, InboxFilter, InboxGroups, InboxItem, InboxSort } from "@/core/contracts/inbox";
import { AppError } from "@/core/errors";
import { isUuid } from "@/core/ids";
import { outsideAddress } from "@/core/outside-address";
import { listPage, type Page, type PageRequest } from "@/server/api/rest/list-page";
import { systemActor } from "@/server/auth/actor";
import { hasScope, requireScope, type Actor, type OrganizationId } from "@/server/db/tenant";
import { approvalItems, getApproval, plainApprovalCard } from "@/server/modules/approvals/service";
import { assigneeRefsOf, nameRefs } from "@/server/modules/directory/service";
import { getRepair, repairItems } from "@/server/modules/repairs/service";
import { askContext, toAsks } from "./asks";
import { inboxOrders } from "./list-order";
import { countAsked, findAsked, listAsked, listGroups, type AskedFilter, type AskedRow } from "./store";

export { lookAt, lookAway, lookersOf } from "./presence";

interface Asked {
  search?: string | undefined;
  filter?: InboxFilter | undefined;
}

/** All that is asked of this person, whatever kind it is; or what was, newest first. */
export async function listInbox(
  actor: Actor,
  {
    view,
    sort = "due",
    search,
    filter,
    ...page
  }: PageRequest & Asked & { view: "pending" | "decided"; sort?: InboxSort },
): Promise<Page<InboxItem>> {
  requireScope(actor, "approvals:read");
  const conditions = await conditionsOf(actor, { search, filter });
  // Cards hide what is sensitive from those who only look: the order would tell it.
  const order = sort === "amount" && !hasScope(actor, "approvals:decide") ? "due" : sort;
  const found = await listPage(page, inboxOrders[view === "decided" ? "decided" : order], (slice) =>
    listAsked(actor.organizationId, { ...conditions, view }, order, slice),
  );
  return { ...found, items: await toItems(actor, found.items) };
}

/** What waits for this person by workflow, and what else than by name they are asked as. */
export async function inboxGroups(actor: Actor, { search, filter }: Asked): Promise<InboxGroups> {
  requireScope(actor, "approvals:read");
  const refs = (await assigneeRefsOf(actor)).filter((ref) => !isByName(ref));
  const [groups, names] = await Promise.all([
    listGroups(actor.organizationId, await conditionsOf(actor, { search, filter })),
    nameRefs(actor.organizationId, refs),
  ]);
  return { groups, askedAs: refs.map((ref) => ({ ref, name: names.get(ref) ?? ref })) };
}

async function conditionsOf(actor: Actor, { search = "", filter = {} }: Asked): Promise<Omit<AskedFilter, "view">> {
  const text = search.trim();
  const all = await assigneeRefsOf(actor);
  const { askedAs, ...rest } = filter;
  const refs = askedAs === undefined ? all : all.filter((ref) => (isByName(ref) ? askedAs === "me" : askedAs === ref));
  return {
    refs,
    userId: actor.userId,
    ways: {
      references: refs.length > 0,
      delegated: askedAs === undefined || askedAs === "others",
      questions: askedAs === undefined || askedAs === "me",
    },
    filter: rest,
    // Cards hide what is sensitive from those who only look: they would find it out by searching for it.
    search: text === "" ? null : { text, namesOnly: !hasScope(actor, "approvals:decide") },
  };
}

/** One's own: as a member, or by the address at which one was asked before. */
function isByName(ref: string): boolean {
  return ref.startsWith("user:") || outsideAddress(ref) !== null;
}

/** How many wait for this person, up to `mostCounted`. */
export async function countInbox(actor: Actor): Promise<number> {
  requireScope(actor, "approvals:read");
  return countAsked(actor.organizationId, await assigneeRefsOf(actor), actor.userId);
}

/** One card unfolded. 404 for what does not exist or may not be seen. */
export async function getInboxItem(actor: Actor, id: string): Promise<InboxContext> {
  requireScope(actor, "approvals:read");
  const row = isUuid(id) ? await findAsked(actor.organizationId, id) : null;
  if (row === null) return getRepair(actor, id);
  if (row.kind === "approval") return { kind: "approval", ...(await getApproval(actor, id)) };
  const context = await askContext(actor, row);
  if (!context) throw new AppError("not_found", "There is no such request.");
  return context;
}

/** Forms and handoffs by their ids, in this order; those that are not there are left out. */
export async function askCards(actor: Actor, ids: readonly string[]): Promise<AskItem[]> {
  requireScope(actor, "approvals:read");
  const rows = await Promise.all(ids.map((id) => findAsked(actor.organizationId, id)));
  return toAsks(
    actor,
    rows.filter((row) => row !== null),
  );
}

/** A card as those see it who only look: what is sensitive is hidden. For what the product tells people by itself. */
export async function plainCard(organizationId: OrganizationId, id: string): Promise<InboxItem | null> {
  const row = await findAsked(organizationId, id);
  if (row === null) return null;
  if (row.kind !== "approval") return (await toAsks(systemActor(organizationId), [row]))[0] ?? null;
  const card = await plainApprovalCard(organizationId, id);
  return card && { kind: "approval", ...card };
}

async function toItems(actor: Actor, rows: readonly AskedRow[]): Promise<InboxItem[]> {
  const idsOf = (kind: AskedRow["kind"]) => rows.filter((row) => row.kind === kind).map(({ id }) => id);
  const [approvals, failed, asks] = await Promise.all([
    approvalItems(actor, idsOf("approval")),
    repairItems(actor, idsOf("failed")),
    toAsks(
      actor,
      rows.filter(({ kind }) => kind !== "approval" && kind !== "failed"),
    ),
  ]);
  const items = new Map<string, InboxItem>([
    ...approvals.map((item) => [item.id, { kind: "approval" as const, ...item }] as const),
    ...[...failed, ...asks].map((item): [string, InboxItem] => [item.id, item]),
  ]);
  return rows.flatMap(({ id }) => items.get(id) ?? []);
}
