import type { TimeLineItem } from "./time-line";

/** Where somebody is in the conversation when something new comes. */
export interface Reading {
  isAtEnd: boolean;
  /** A field of a form has the focus. */
  isFilling: boolean;
  /** The message that this page sent last, once it is known, and whether one is on its way. */
  sentId: string | null;
  isSending: boolean;
}

export type Move =
  | { to: "end" }
  /** Its title at the top. */
  | { to: "item"; id: string }
  /** `unseen`: the first thing that came and is out of sight. */
  | { to: "nowhere"; unseen: string | null };

/** Where the page goes when the conversation changes from `before` to `items`; null: it is drawn for the first time. */
export function moveAfter(
  before: readonly TimeLineItem[] | null,
  items: readonly TimeLineItem[],
  reading: Reading,
): Move {
  if (before === null) return toForm(items) ?? { to: "end" };
  const known = new Set(before.map(({ id }) => id));
  const added = items.filter(({ id }) => !known.has(id));
  // Their own words are the newest, and what came of them stands below: a form that they asked for is opened at its title.
  const own = added.findLastIndex((item) => isOwn(item, reading));
  if (own >= 0) return toForm(added.slice(own)) ?? { to: "end" };
  if (added.length === 0) return { to: "nowhere", unseen: null };
  if (reading.isFilling || !reading.isAtEnd) {
    // How far a request is stands in its card; only what somebody says or asks is worth calling.
    const news = added.find(({ kind }) => kind === "message" || kind === "form");
    return { to: "nowhere", unseen: news?.id ?? null };
  }
  return toForm(added) ?? { to: "end" };
}

function toForm(items: readonly TimeLineItem[]): Move | null {
  const form = items.findLast(({ kind }) => kind === "form");
  return form ? { to: "item", id: form.id } : null;
}

function isOwn(item: TimeLineItem, { sentId, isSending }: Reading): boolean {
  return item.kind === "message" && item.message.author === "contact" && (isSending || item.message.id === sentId);
}
