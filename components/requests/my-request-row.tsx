import { Link } from "@/components/ui/link";
import type { MyRequest } from "@/core/contracts/request";
import { requestFaces } from "@/components/conversation/request-faces";
import { DottedLine } from "@/components/ui/dotted-line";
import { RelativeTime } from "@/components/ui/relative-time";
import { rowLinkClass, RowItem } from "@/components/ui/rows";
import { toneText } from "@/components/ui/tone";
import { VisibleText } from "@/components/ui/visible-text";

/** One request of a list: what it is, and in one sentence what happens now or how it ended. */
export function MyRequestRow({ request }: { request: MyRequest }) {
  const { id, title, subject, state, label, since, usual, why, isOver, askedAt } = request;
  const { icon: Icon, tone } = requestFaces[state];
  return (
    <RowItem className="flex-wrap justify-between gap-y-1">
      <div className="min-w-0 flex-[1_1_16rem]">
        <Link href={`/requests/${id}`} className={rowLinkClass}>
          <VisibleText text={title} />
        </Link>
        {subject !== null && (
          <span className="ml-2 text-dense text-ink-2 [overflow-wrap:anywhere]">
            <VisibleText text={subject} />
          </span>
        )}
        <p className="flex items-start gap-1.5 text-dense">
          <Icon size={15} aria-hidden className={`mt-0.5 shrink-0 ${toneText[tone]}`} />
          <DottedLine
            className="min-w-0 [overflow-wrap:anywhere]"
            parts={[label, <RelativeTime key="since" at={since} />, usual !== null && `usually ${usual}`]}
          />
        </p>
        {isOver && why !== null && <p className="truncate text-dense text-ink-2">“{why}”</p>}
      </div>
      <span className="text-label text-ink-3">
        <RelativeTime at={askedAt} prefix="asked " />
      </span>
    </RowItem>
  );
}
