import type { NavigationEntry } from "./navigation";
import { NavigationLink } from "./navigation-link";

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
      {entries.map((entry) => (
        <NavigationLink key={entry.href} entry={entry} path={path} pending={pending} look="bottom" />
      ))}
    </nav>
  );
}
