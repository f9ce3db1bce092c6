"use client";
import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import { Link } from "@/components/ui/link";
import { useId, useState } from "react";
import { auditNoun, auditWay, auditWords } from "@/core/audit-words";
import type { ActivityEntry } from "@/core/contracts/audit";
import { DottedLine } from "@/components/ui/dotted-line";
import { RelativeTime } from "@/components/ui/relative-time";
import { VisibleText } from "@/components/ui/visible-text";
import { ActivityDetails } from "./activity-details";

/** One line: who did what, how and when; its details are folded. */
export function ActivityRow({ entry }: { entry: ActivityEntry }) {
  const [isOpen, setOpen] = useState(false);
  const details = useId();
  return (
    <li className="border-b last:border-b-0">
      <div className="flex items-start gap-x-3 px-4 py-2.5">
        <div className="min-w-0 flex-1">
          <ActivitySentence entry={entry} />
          <DottedLine
            className="mt-0.5 text-dense text-ink-2"
            parts={[
              <RelativeTime key="at" at={entry.at} />,
              auditWay(entry.actor.via, entry.auth),
              entry.address !== null && `from ${entry.address}`,
            ]}
          />
        </div>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? details : undefined}
          onClick={() => setOpen(!isOpen)}
          className="inline-flex min-h-9 shrink-0 items-center gap-1 rounded-control px-2 text-dense font-medium text-ink-2 hover:bg-sunken hover:text-ink max-sm:min-h-11"
        >
          Details<span className="sr-only"> of number {entry.id}</span>
          <ChevronRight
            size={14}
            aria-hidden
            className={clsx("transition-transform duration-[180ms]", isOpen && "rotate-90")}
          />
        </button>
      </div>
      {isOpen && (
        <div id={details} className="animate-arrive px-4 pb-4">
          <ActivityDetails entry={entry} />
        </div>
      )}
    </li>
  );
}

/** “Kim approved “Refund Flo” for Max”. */
function ActivitySentence({ entry }: { entry: ActivityEntry }) {
  const { before, after } = auditWords(entry.action);
  return (
    <p className="[overflow-wrap:anywhere]">
      <strong className="font-semibold">
        <VisibleText text={entry.actor.name} />
      </strong>{" "}
      {before}
      {after !== null && (
        <>
          {" "}
          <Subject entry={entry} />
          {after}
        </>
      )}
      {entry.onBehalfOf !== null && <VisibleText text={` for ${entry.onBehalfOf}`} />}
    </p>
  );
}

function Subject({ entry: { subject, name, href } }: { entry: ActivityEntry }) {
  const noun = auditNoun(subject.type);
  if (name === null) return <span>{/^[aeiou]/i.test(noun) ? `an ${noun}` : `a ${noun}`}</span>;
  const shown = <VisibleText text={`“${name}”`} />;
  return (
    <>
      {subject.type !== "approval" && subject.type !== "user" && subject.type !== "contact" && `the ${noun} `}
      {href === null ? (
        shown
      ) : (
        <Link href={href} className="text-link underline underline-offset-2">
          {shown}
        </Link>
      )}
    </>
  );
}
