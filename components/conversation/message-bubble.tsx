import { clsx } from "clsx";
import { VisibleText } from "@/components/ui/visible-text";
import { RelativeTime } from "@/components/ui/relative-time";

interface MessageBubbleProps {
  /** `us` stands at the right: the reader's own side. */
  side: "us" | "them";
  authorName: string;
  body: string;
  at: string;
  /** 16 px for the customer's page. */
  large?: boolean;
  /** Its id among the items of the page, where the page moves to items. */
  itemId?: string;
}

export function MessageBubble({ side, authorName, body, at, large = false, itemId }: MessageBubbleProps) {
  return (
    <li
      data-item={itemId === undefined ? undefined : "message"}
      data-item-id={itemId}
      className={clsx(
        "flex scroll-mt-24 scroll-mb-40 max-w-[85%] flex-col gap-1",
        side === "us" ? "items-end self-end" : "items-start self-start",
      )}
    >
      <p
        className={clsx(
          "rounded-card border px-3.5 py-2.5 whitespace-pre-wrap [overflow-wrap:anywhere]",
          large && "text-reading",
          side === "us" ? "border-transparent bg-sunken" : "border-hairline bg-surface",
        )}
      >
        <VisibleText text={body} />
      </p>
      <p className="px-1 text-label text-ink-3">
        {authorName} · <RelativeTime at={at} />
      </p>
    </li>
  );
}
