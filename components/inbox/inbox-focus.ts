import { useLayoutEffect, useRef, type FocusEvent, type RefObject } from "react";

/** The part of the page where a decision is open. It holds the focus while nothing in it can, and passes it on to the heading that comes. */
export const openDecisionId = "open-decision";

export const listHeadingId = "inbox-heading";

/** Gives the focus to what is open: whatever had it is going, or has gone. */
export function focusOpenDecision(): void {
  const pane = document.getElementById(openDecisionId);
  if (pane === null) return;
  if (!pane.checkVisibility()) {
    // A narrow screen shows the list alone.
    document.querySelector<HTMLElement>(`#${listHeadingId}`)?.focus();
    return;
  }
  // For as long as it holds it: else a press on any text in it would move the focus.
  pane.tabIndex = -1;
  pane.addEventListener("blur", () => pane.removeAttribute("tabindex"), { once: true });
  pane.focus({ preventScroll: true });
}

/** Whether a card has the focus that is not the one that is open: a key there is not meant for what is open. */
export function isAtAnotherCard(focused: EventTarget | null): boolean {
  const card = focused instanceof HTMLElement ? focused.closest("[data-approval]") : null;
  return card !== null && card.getAttribute("aria-current") !== "true";
}

/** When a part of the open decision goes with the focus in it, what is left takes the focus: it never falls to the page. */
export function useFocusKept(part: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = part.current;
    return () => {
      if (element?.contains(document.activeElement) === true) focusOpenDecision();
    };
  }, [part]);
}

/** The same for a part of the list: its heading takes the focus. */
export function useListFocusKept(part: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = part.current;
    return () => {
      if (element?.contains(document.activeElement) === true) focusList();
    };
  }, [part]);
}

/** Gives the focus to the heading of the list, or on a narrow screen to what is shown instead. */
export function focusList(): void {
  const heading = document.getElementById(listHeadingId);
  if (heading?.checkVisibility() === true) heading.focus();
  else focusOpenDecision();
}

interface InboxFocus {
  listPart: RefObject<HTMLElement | null>;
  listHeading: RefObject<HTMLHeadingElement | null>;
  pane: RefObject<HTMLElement | null>;
  onPaneFocus: (event: FocusEvent) => void;
  /** It was decided: the focus waits for what is shown next. */
  leave: (decided: string) => void;
}

/**
 * Where the focus of the inbox goes: after a decision to the heading of what is shown next, to that of the list when nothing is left or
 * a narrow screen shows the list alone. `shown`: what is open.
 */
export function useInboxFocus(shown: string | null): InboxFocus {
  const listPart = useRef<HTMLElement>(null);
  const listHeading = useRef<HTMLHeadingElement>(null);
  const pane = useRef<HTMLElement>(null);
  const left = useRef<string | null>(null);

  const settle = () => {
    const focused = document.activeElement;
    const [from, to] = [listPart.current, pane.current];
    if (from === null || to === null) return;
    const next = nextPlace({
      at: focused === to ? "pane" : to.contains(focused) ? "in pane" : from.contains(focused) ? "in list" : "elsewhere",
      shown,
      left: left.current,
      canSeePane: to.checkVisibility(),
      canSeeList: from.checkVisibility(),
    });
    if (next === null) return;
    const heading = next === "list" ? listHeading.current : to.querySelector<HTMLElement>("h2[tabindex]");
    if (heading) heading.focus();
    else if (focused !== to) focusOpenDecision();
  };
  // After each drawing, before it is seen: what was hidden by it still has the focus then.
  useLayoutEffect(settle);
  return {
    listPart,
    listHeading,
    pane,
    onPaneFocus: ({ target, currentTarget }) => {
      if (target === currentTarget) settle();
    },
    leave: (decided) => {
      left.current = decided;
      focusOpenDecision();
    },
  };
}

interface Where {
  /** Which part has the focus: the pane itself, which only holds it, or something in a part. */
  at: "pane" | "in pane" | "in list" | "elsewhere";
  shown: string | null;
  /** Was decided, and is still shown for a moment. */
  left: string | null;
  canSeePane: boolean;
  canSeeList: boolean;
}

/** Where the focus goes from where it is; null: it stays. */
export function nextPlace({ at, shown, left, canSeePane, canSeeList }: Where): "list" | "pane" | null {
  if (at === "pane" && shown !== null && shown === left) return null;
  if ((at === "pane" || at === "in pane") && !canSeePane) return "list";
  if (at === "pane") return shown === null ? "list" : "pane";
  return at === "in list" && !canSeeList ? "pane" : null;
}
