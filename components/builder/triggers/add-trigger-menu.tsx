"use client";
import { Menu } from "@base-ui/react/menu";
import { Plus } from "lucide-react";
import type { TriggerType } from "@/core/workflow/document";
import { buttonClass } from "@/components/ui/button-look";
import { TypeTile } from "@/components/ui/type-tile";
import { triggerKinds } from "./trigger-kinds";

/** What else may start this workflow. */
export function AddTriggerMenu({ onAdd }: { onAdd: (type: TriggerType) => void }) {
  return (
    <Menu.Root>
      <Menu.Trigger className={buttonClass({ look: "primary" })}>
        <Plus size={16} aria-hidden />
        Add trigger
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-50">
          <Menu.Popup className="w-80 max-w-[calc(100vw-2rem)] animate-appear rounded-card border border-hairline bg-surface py-1 shadow-lg outline-none">
            {triggerKinds.map(({ type, title, hint, icon }) => (
              <Menu.Item
                key={type}
                onClick={() => onAdd(type)}
                className="flex cursor-default items-start gap-3 px-3 py-2 outline-none data-[highlighted]:bg-sunken"
              >
                <TypeTile icon={icon} color="start" />
                <span className="min-w-0">
                  <span className="block font-medium">{title}</span>
                  <span className="block text-dense text-ink-2">{hint}</span>
                </span>
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
