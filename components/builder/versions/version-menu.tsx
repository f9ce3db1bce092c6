"use client";
import { Menu } from "@base-ui/react/menu";
import { Ellipsis } from "lucide-react";

export interface VersionMenuItem {
  label: string;
  onChoose: () => void;
}

/** What else can be done with a version. */
export function VersionMenu({ of, items }: { of: string; items: readonly VersionMenuItem[] }) {
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={`More for ${of}`}
        className="inline-flex size-7 items-center justify-center rounded-control text-ink-2 hover:bg-sunken hover:text-ink max-sm:size-11"
      >
        <Ellipsis size={16} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-50">
          <Menu.Popup className="min-w-48 animate-appear rounded-card border border-hairline bg-surface py-1 shadow-lg outline-none">
            {items.map(({ label, onChoose }) => (
              <Menu.Item
                key={label}
                onClick={onChoose}
                className="flex h-9 cursor-default items-center px-3 outline-none data-[highlighted]:bg-sunken max-sm:h-11"
              >
                {label}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
