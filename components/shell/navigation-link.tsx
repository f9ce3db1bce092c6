import { clsx } from "clsx";
import { Link } from "@/components/ui/link";
import { isCurrent, type Counts, type NavigationEntry } from "./navigation";
import { PendingCount } from "./pending-count";

const looks = {
  side: {
    link: "h-9 items-center gap-2.5 rounded-control px-3 transition-colors duration-[120ms]",
    current: "bg-sunken text-ink",
    other: "text-ink-2 hover:bg-sunken hover:text-ink",
    icon: () => ({ size: 17 }),
    count: "contents",
  },
  bottom: {
    link: "relative h-14 flex-col items-center justify-center gap-0.5 text-label focus-visible:-outline-offset-2",
    current: "text-ink",
    other: "text-ink-2",
    icon: (current: boolean) => ({ size: 20, strokeWidth: current ? 2.4 : 2 }),
    count: "absolute top-1 left-1/2 translate-x-2",
  },
};

/** One place of the product, in the bar beside the page or below it. */
export function NavigationLink({
  entry,
  path,
  counts,
  look: name,
}: {
  entry: NavigationEntry;
  path: string;
  counts: Counts;
  look: keyof typeof looks;
}) {
  const current = isCurrent(entry, path);
  const look = looks[name];
  return (
    <Link
      href={entry.href}
      aria-current={current ? "page" : undefined}
      className={clsx("flex font-medium", look.link, current ? look.current : look.other)}
    >
      <entry.icon aria-hidden {...look.icon(current)} />
      <span className={clsx(name === "side" && "flex-1")}>
        {name === "bottom" ? (entry.short ?? entry.label) : entry.label}
      </span>
      {entry.counts && (
        <span className={look.count}>
          <PendingCount pending={counts[entry.counts]} />
        </span>
      )}
    </Link>
  );
}
