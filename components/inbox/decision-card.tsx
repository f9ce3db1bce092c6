import { clsx } from "clsx";
import { Link } from "@/components/ui/link";
import { Card } from "@/components/ui/card";
import { DottedLine } from "@/components/ui/dotted-line";
import { CardLookers } from "./lookers";
import type { Tone } from "@/components/ui/tone";

interface DecisionCardProps {
  /** Its key among the decisions of the inbox. */
  id: string;
  href: string;
  selected: boolean;
  /** A person is waited for. */
  open: boolean;
  /** The bar at its edge, where it is not a person's turn alone. */
  bar?: Tone;
  headline: React.ReactNode;
  /** What stands beside the headline, below the money. */
  marks?: React.ReactNode;
  /** The money that it is about: at the right, beside the headline where it is short, else below. */
  figure?: string | null;
  /** Below the headline: what it is about, in a sentence. */
  line?: React.ReactNode;
  /** Before all of that: what does something else than open it. */
  beside?: React.ReactNode;
  /** The last line: who, when, where. */
  facts: readonly React.ReactNode[];
}

/** Letters. A longer one would leave the headline no room on a phone. */
const shortFigure = 12;

/** Something to be decided, or that was, in the list of the inbox: an approval or a publish review. */
export function DecisionCard({
  id,
  href,
  selected,
  open,
  bar = open ? "person" : "quiet",
  headline,
  marks = null,
  figure = null,
  line = null,
  beside = null,
  facts,
}: DecisionCardProps) {
  const isShort = figure !== null && figure.length <= shortFigure;
  return (
    <Card
      bar={bar}
      className={clsx(
        "group transition-colors duration-[120ms] hover:border-control",
        selected && "md:border-ink-2 md:bg-sunken",
      )}
    >
      <Link
        href={href}
        scroll={false}
        replace={selected}
        data-approval={id}
        aria-current={selected ? "true" : undefined}
        className={clsx(
          "block rounded-card py-3 pr-4 focus-visible:-outline-offset-2",
          beside === null ? "pl-4" : "pl-11",
        )}
      >
        <span className="flex items-start justify-between gap-3">
          <span className="line-clamp-3 min-w-0 text-reading font-semibold [overflow-wrap:anywhere]">{headline}</span>
          <span className="flex max-w-[45%] shrink-0 flex-col items-end gap-1">
            {figure !== null && isShort && <span className="figures text-reading font-medium">{figure}</span>}
            <span className="flex items-center gap-1.5 empty:hidden">
              <CardLookers id={id} />
              {marks}
            </span>
          </span>
        </span>
        {figure !== null && !isShort && (
          <span className="mt-0.5 figures block text-right text-reading font-medium">{figure}</span>
        )}
        {line !== null && <span className="mt-1 line-clamp-2 text-body [overflow-wrap:anywhere]">{line}</span>}
        <DottedLine className="mt-1 text-dense text-ink-2" parts={[...facts]} />
      </Link>
      {beside}
    </Card>
  );
}
