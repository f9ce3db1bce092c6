import { Link } from "@/components/ui/link";
import type { ConversationBrief } from "@/core/contracts/console";
import { Chip } from "@/components/ui/chip";
import { RelativeTime } from "@/components/ui/relative-time";
import { rowLinkClass, RowItem, Rows } from "@/components/ui/rows";
import { VisibleText } from "@/components/ui/visible-text";

/** The conversations with a contact. */
export function ConversationRows({ conversations }: { conversations: readonly ConversationBrief[] }) {
  if (conversations.length === 0) return <p className="text-ink-2">There was none yet.</p>;
  return (
    <Rows aria-label="Conversations">
      {conversations.map(({ id, subject, at, isOpen }) => (
        <RowItem key={id} className="flex-wrap justify-between">
          <Link
            href={`/conversations?${isOpen ? "" : "view=closed&"}id=${id}`}
            className={`${rowLinkClass} min-w-0 [overflow-wrap:anywhere]`}
          >
            <VisibleText text={subject === "" ? "Without a subject" : subject} />
          </Link>
          <span className="flex items-center gap-3 text-dense text-ink-2">
            {!isOpen && <Chip>Closed</Chip>}
            <RelativeTime at={at} />
          </span>
        </RowItem>
      ))}
    </Rows>
  );
}
