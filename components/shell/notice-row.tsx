import { clsx } from "clsx";
import { Link } from "@/components/ui/link";
import type { NoticeItem } from "@/core/contracts/notice";
import { DottedLine } from "@/components/ui/dotted-line";
import { RelativeTime } from "@/components/ui/relative-time";
import { rowLinkClass } from "@/components/ui/rows";
import { VisibleText } from "@/components/ui/visible-text";
import { endWords, noticeWords } from "./notice-words";

/** One line of the bell: what waits, why it was told, and what became of it. */
export function NoticeRow({ item, onFollow }: { item: NoticeItem; onFollow: () => void }) {
  const isNew = !item.isRead && item.isOpen;
  return (
    <li className="relative flex gap-3 border-b px-4 py-3 last:border-b-0 hover:bg-sunken">
      <span
        aria-hidden
        className={clsx("mt-1.5 size-2 shrink-0 rounded-full", isNew ? "bg-person-solid" : "bg-transparent")}
      />
      <div className="min-w-0 flex-1">
        <Link
          href={
            item.waitpointId === null
              ? "/settings/people"
              : `/inbox?${item.isOpen ? "" : "view=decided&"}id=${item.waitpointId}`
          }
          onClick={onFollow}
          className={clsx(rowLinkClass, "break-words", !isNew && "text-ink-2")}
        >
          {isNew && <span className="sr-only">Unread: </span>}
          <VisibleText text={item.headline} />
        </Link>
        <DottedLine
          className="text-dense text-ink-2"
          parts={[
            endWords(item) ?? noticeWords(item),
            item.workflow !== null && item.workflow,
            item.isOpen && item.dueAt !== null && <RelativeTime key="due" ahead at={item.dueAt} prefix="due " />,
            <RelativeTime key="at" at={item.createdAt} />,
          ]}
        />
      </div>
    </li>
  );
}
