"use client";
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { moveAfter, type Reading } from "./reading";
import type { TimeLineItem } from "./time-line";

interface Followed {
  list: RefObject<HTMLOListElement | null>;
  end: RefObject<HTMLDivElement | null>;
  /** Something came that the reader was not taken to. */
  hasUnseen: boolean;
  showUnseen: () => void;
}

/** Moves the page with the conversation, and leaves it where it is while somebody reads further up or fills in a form. */
export function useReading(
  items: readonly TimeLineItem[],
  { sentId, isSending }: Pick<Reading, "sentId" | "isSending">,
): Followed {
  const list = useRef<HTMLOListElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const before = useRef<readonly TimeLineItem[] | null>(null);
  const [unseen, setUnseen] = useState<string | null>(null);

  useEffect(() => {
    const mark = end.current;
    if (mark === null) return undefined;
    const watch = new IntersectionObserver(([entry]) => {
      isAtEnd.current = entry?.isIntersecting ?? false;
      if (isAtEnd.current) setUnseen(null);
    });
    watch.observe(mark);
    return () => watch.disconnect();
  }, []);

  // Before the browser draws: whether the reader was at the end is told by how the page stood until now.
  useLayoutEffect(() => {
    const isFilling = isInField(list.current);
    const move = moveAfter(before.current, items, { isAtEnd: isAtEnd.current, isFilling, sentId, isSending });
    before.current = items;
    // Newer browsers answer with a promise, which an effect must not return.
    if (move.to === "end") end.current?.scrollIntoView({ block: "end" });
    else if (move.to === "item") itemIn(list.current, move.id)?.scrollIntoView({ block: "start" });
    else if (move.unseen !== null) {
      const { unseen: first } = move;
      setUnseen((earlier) => earlier ?? first);
    }
  }, [items, sentId, isSending]);

  return {
    list,
    end,
    hasUnseen: unseen !== null,
    showUnseen: () => {
      const item = unseen === null ? null : itemIn(list.current, unseen);
      item?.scrollIntoView({ block: "start" });
      // The button that had the focus goes away.
      item?.setAttribute("tabindex", "-1");
      item?.focus({ preventScroll: true });
      setUnseen(null);
    },
  };
}

function itemIn(list: HTMLElement | null, id: string): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`[data-item-id="${CSS.escape(id)}"]`) ?? null;
}

function isInField(list: HTMLElement | null): boolean {
  const { activeElement } = document;
  return (
    activeElement !== null && list?.contains(activeElement) === true && activeElement.matches("input, textarea, select")
  );
}
