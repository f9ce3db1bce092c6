import { Link } from "@/components/ui/link";
import { Mark } from "@/components/ui/mark";
import type { Counts, NavigationEntry } from "./navigation";
import { NavigationLink } from "./navigation-link";

export function Sidebar({
  entries,
  path,
  counts,
}: {
  entries: readonly NavigationEntry[];
  path: string;
  counts: Counts;
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
        {entries.map((entry) => (
          <NavigationLink key={entry.href} entry={entry} path={path} counts={counts} look="side" />
        ))}
      </nav>
    </aside>
  );
}
