import { clsx } from "clsx";
import { Headset, MessageCircleQuestion } from "lucide-react";
import { Link } from "@/components/ui/link";
import type { QueueItem } from "@/core/contracts/console";
import { Card } from "@/components/ui/card";
import { Chip } from "@/components/ui/chip";
import { DottedLine } from "@/components/ui/dotted-line";
import { RelativeTime } from "@/components/ui/relative-time";
import { VisibleText } from "@/components/ui/visible-text";
import { askedWords, holderWords } from "./queue-words";

interface QueueCardProps {
  item: QueueItem;
  href: string;
  selected: boolean;
}

/** A conversation in the queue. */
export function QueueCard({ item, href, selected }: QueueCardProps) {
  const { last, contact, subject, unread, claim } = item;
  const asked = askedWords(item);
  // Amber is for whoever looks: what a colleague has is theirs.
  const isPersonsTurn = asked !== null && (claim === null || claim.isMine);
  return (
    <Card
      bar={isPersonsTurn ? "person" : "quiet"}
      className={clsx(
        "transition-colors duration-[120ms] hover:border-control",
        selected && "md:border-ink-2 md:bg-sunken",
      )}
    >
      <Link
        href={href}
        scroll={false}
        replace={selected}
        data-conversation={item.id}
        aria-current={selected ? "true" : undefined}
        className="block rounded-card px-4 py-3 focus-visible:-outline-offset-2"
      >
        <span className="flex items-start justify-between gap-3">
          <span
            className={clsx("min-w-0 text-reading [overflow-wrap:anywhere]", unread ? "font-semibold" : "font-medium")}
          >
            <VisibleText text={contact.name} />
            {unread && (
              <>
                <span aria-hidden className="ml-2 inline-block size-2 rounded-full bg-link align-middle" />
                <span className="sr-only">, not read yet</span>
              </>
            )}
          </span>
          {asked !== null && (
            <Chip
              tone={isPersonsTurn ? "person" : "quiet"}
              icon={item.handedOverAt === null ? MessageCircleQuestion : Headset}
            >
              {asked}
            </Chip>
          )}
        </span>
        {last !== null && (
          <span className="mt-0.5 line-clamp-2 text-body text-ink-2 [overflow-wrap:anywhere]">
            {last.author !== "contact" && `${last.authorName}: `}
            <VisibleText text={last.body} />
          </span>
        )}
        <DottedLine
          className="mt-1 text-dense text-ink-2"
          parts={[
            subject !== contact.name && subject !== "" && <VisibleText key="subject" text={subject} />,
            holderWords(claim),
            <RelativeTime
              key="at"
              at={item.needsAnswerSince ?? item.handedOverAt ?? item.last?.at ?? item.at}
              prefix={asked === null ? "" : "since "}
            />,
          ]}
        />
      </Link>
    </Card>
  );
}
