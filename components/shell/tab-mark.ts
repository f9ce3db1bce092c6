"use client";
import { useEffect } from "react";

const waitingIcon = "/icon-waiting.svg";

/** What waits is told in the tab too: its number before the title, and a dot on the icon. */
export function useTabMark(pending: number | null): void {
  const count = pending ?? 0;
  useEffect(() => {
    const mark = (): void => {
      const marked = markedTitle(document.title, count);
      if (marked !== document.title) document.title = marked;
    };
    mark();
    // Each page brings its own title.
    const titles = new MutationObserver(mark);
    titles.observe(document.head, { subtree: true, childList: true, characterData: true });
    const icon = count === 0 ? null : document.createElement("link");
    if (icon) {
      Object.assign(icon, { rel: "icon", type: "image/svg+xml", href: waitingIcon });
      document.head.append(icon);
    }
    return () => {
      titles.disconnect();
      icon?.remove();
      document.title = markedTitle(document.title, 0);
    };
  }, [count]);
}

/** "(3) Inbox · Holdpoint"; without a number where nothing waits. */
export function markedTitle(title: string, count: number): string {
  const plain = title.replace(/^\(\d+\+?\) /, "");
  return count === 0 ? plain : `(${count > 99 ? "99+" : String(count)}) ${plain}`;
}
