"use client";
import { Menu } from "@base-ui/react/menu";
import { clsx } from "clsx";
import { Ellipsis } from "lucide-react";
import { Link } from "@/components/ui/link";
import { isCurrent, type NavigationEntry } from "./navigation";

/** The places that the bar of a phone has no room for. */
export function MoreMenu({ entries, path }: { entries: readonly NavigationEntry[]; path: string }) {
  const current = entries.some((entry) => isCurrent(entry, path));
  return (
    <Menu.Root>
      <Menu.Trigger
        className={clsx(
          "flex h-14 flex-col items-center justify-center gap-0.5 text-label font-medium focus-visible:-outline-offset-2",
          current ? "text-ink" : "text-ink-2",
        )}
      >
        <Ellipsis aria-hidden size={20} strokeWidth={current ? 2.4 : 2} />
        More
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner side="top" sideOffset={4} align="end" className="z-50">
          <Menu.Popup className="w-60 animate-appear rounded-card border border-hairline bg-surface p-1.5 shadow-lg outline-none">
            {entries.map((entry) => (
              <Menu.Item
                key={entry.href}
                render={<Link href={entry.href} aria-current={isCurrent(entry, path) ? "page" : undefined} />}
                className="flex h-11 items-center gap-2.5 rounded-control px-2.5 font-medium outline-none data-[highlighted]:bg-sunken"
              >
                <entry.icon aria-hidden size={17} className="text-ink-2" /> {entry.label}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
