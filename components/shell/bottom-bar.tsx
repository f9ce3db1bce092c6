import type { Counts, NavigationEntry } from "./navigation";
import { MoreMenu } from "./more-menu";
import { NavigationLink } from "./navigation-link";

interface BottomBarProps {
  entries: readonly NavigationEntry[];
  path: string;
  counts: Counts;
}

/** On phones: what is used most, and the rest behind "More". */
export function BottomBar({ entries, path, counts }: BottomBarProps) {
  return (
    <nav
      aria-label="Main"
      className="fixed low:static inset-x-0 bottom-0 z-30 grid auto-cols-fr grid-flow-col border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {entries
        .filter(({ more }) => more !== true)
        .map((entry) => (
          <NavigationLink key={entry.href} entry={entry} path={path} counts={counts} look="bottom" />
        ))}
      <MoreMenu entries={entries.filter(({ more }) => more === true)} path={path} />
    </nav>
  );
}
