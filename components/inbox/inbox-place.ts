import { inboxKinds, inboxSorts, type InboxFilter, type InboxKind, type InboxSort } from "@/core/contracts/inbox";

export type InboxView = "pending" | "decided";

/** How the list is shown, as its address has it. */
export interface InboxPlace {
  view: InboxView;
  /** Slug of the only workflow; null: all. */
  workflow: string | null;
  kind: InboxKind | null;
  /** `me`, `others` or a reference; null: however. */
  askedAs: string | null;
  sort: InboxSort;
  /** By workflow. */
  grouped: boolean;
  /** Slugs of the groups whose cards are shown; null: nobody chose, so the first few are. */
  unfolded: readonly string[] | null;
}

export const wholeInbox: Omit<InboxPlace, "view"> = {
  workflow: null,
  kind: null,
  askedAs: null,
  sort: "due",
  grouped: false,
  unfolded: null,
};

const reviewPrefix = "review:";

/** Publish reviews stand in the same list as what runs ask: their keys say what they are. */
export function reviewKey(id: string): string {
  return `${reviewPrefix}${id}`;
}

/** What an address says; what it says wrongly is as if it said nothing. */
export function readPlace(query: Pick<URLSearchParams, "get">): InboxPlace {
  const unfolded = query.get("unfolded");
  return {
    view: query.get("view") === "decided" ? "decided" : "pending",
    workflow: query.get("workflow"),
    kind: inboxKinds.find((kind) => kind === query.get("kind")) ?? null,
    askedAs: query.get("as"),
    sort: inboxSorts.find((sort) => sort === query.get("sort")) ?? "due",
    grouped: query.get("group") === "workflow",
    unfolded: unfolded === null ? null : unfolded.split(",").filter((slug) => slug !== ""),
  };
}

/** The address of the inbox with one of its items, or a publish review, open. */
export function inboxHref(place: Pick<InboxPlace, "view"> & Partial<InboxPlace>, key: string | null): string {
  const { view, workflow, kind, askedAs, sort, grouped, unfolded } = { ...wholeInbox, ...place };
  const query = new URLSearchParams();
  if (view === "decided") query.set("view", view);
  if (workflow !== null) query.set("workflow", workflow);
  if (kind !== null) query.set("kind", kind);
  if (askedAs !== null) query.set("as", askedAs);
  if (sort !== "due") query.set("sort", sort);
  if (grouped) query.set("group", "workflow");
  if (grouped && unfolded !== null) query.set("unfolded", unfolded.join(","));
  if (key?.startsWith(reviewPrefix)) query.set("review", key.slice(reviewPrefix.length));
  else if (key !== null) query.set("id", key);
  return query.size === 0 ? "/inbox" : `/inbox?${query.toString()}`;
}

/** Whether something that waits may not be in the list. */
export function isNarrowed({ workflow, kind, askedAs }: InboxPlace): boolean {
  return workflow !== null || kind !== null || askedAs !== null;
}

/** What the server narrows the list by. */
export function filterOf({ workflow, kind, askedAs }: InboxPlace): InboxFilter {
  return {
    ...(workflow !== null && { workflow: workflow.slice(0, 100) }),
    ...(kind !== null && { kind }),
    ...(askedAs !== null && { askedAs: askedAs.slice(0, 200) }),
  };
}
