import { clsx } from "clsx";
import Link from "next/link";
import { Mark } from "@/components/ui/mark";
import { isCurrent, type NavigationEntry } from "./navigation";
import { PendingCount } from "./pending-count";

export function Sidebar({
  entries,
  path,
  pending,
}: {
  entries: readonly NavigationEntry[];
  path: string;
  pending: number | null;
}) {
  return (
    <aside className="sticky top-0 hidden h-dvh flex-col border-r bg-ground px-3 py-3 md:flex">
      <Link
        href="/inbox"
        className="mb-4 flex h-10 items-center gap-2.5 rounded-control px-3 text-reading font-semibold"
      >
        <Mark size={24} /> Holdpoint
      </Link>
      <nav aria-label="Main" className="flex flex-col gap-0.5">
        {entries.map((entry) => {
          const current = isCurrent(entry, path);
          return (
            <Link
              key={entry.href}
              href={entry.href}
              aria-current={current ? "page" : undefined}
              className={clsx(
                "flex h-9 items-center gap-2.5 rounded-control px-3 font-medium transition-colors duration-[120ms]",
                current ? "bg-sunken text-ink" : "text-ink-2 hover:bg-sunken hover:text-ink",
              )}
            >
              <entry.icon size={17} aria-hidden />
              <span className="flex-1">{entry.label}</span>
              {entry.counts && <PendingCount pending={pending} />}
            </Link>
          );
        })}
      </nav>
    </aside>
  );
}
