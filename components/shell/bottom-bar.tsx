import { clsx } from "clsx";
import Link from "next/link";
import { isCurrent, type NavigationEntry } from "./navigation";
import { PendingCount } from "./pending-count";

export function BottomBar({
  entries,
  path,
  pending,
}: {
  entries: readonly NavigationEntry[];
  path: string;
  pending: number | null;
}) {
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 grid auto-cols-fr grid-flow-col border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {entries.map((entry) => {
        const current = isCurrent(entry, path);
        return (
          <Link
            key={entry.href}
            href={entry.href}
            aria-current={current ? "page" : undefined}
            className={clsx(
              "relative flex h-14 flex-col items-center justify-center gap-0.5 text-label font-medium focus-visible:-outline-offset-2",
              current ? "text-ink" : "text-ink-2",
            )}
          >
            <entry.icon size={20} aria-hidden strokeWidth={current ? 2.4 : 2} />
            {entry.short ?? entry.label}
            {entry.counts && (
              <span className="absolute top-1 left-1/2 translate-x-2">
                <PendingCount pending={pending} />
              </span>
            )}
          </Link>
        );
      })}
    </nav>
  );
}
