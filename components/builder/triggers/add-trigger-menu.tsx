"use client";
import { Menu } from "@base-ui/react/menu";
import { Plus } from "lucide-react";
import type { TriggerDefinition } from "@/core/workflow/trigger-definition";
import { triggerMenu } from "@/core/workflow/trigger-lookup";
import { buttonClass } from "@/components/ui/button-look";
import { TypeTile } from "@/components/ui/type-tile";
import { triggerDefinitions } from "@/triggers/definitions";

/** What else may start this workflow. */
export function AddTriggerMenu({ onAdd }: { onAdd: (definition: TriggerDefinition) => void }) {
  return (
    <Menu.Root>
      <Menu.Trigger className={buttonClass({ look: "primary" })}>
        <Plus size={16} aria-hidden />
        Add trigger
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-50">
          <Menu.Popup className="w-80 max-w-[calc(100vw-2rem)] animate-appear rounded-card border border-hairline bg-surface py-1 shadow-lg outline-none">
            {triggerMenu(triggerDefinitions).map((definition) => (
              <Menu.Item
                key={definition.type}
                onClick={() => onAdd(definition)}
                className="flex cursor-default items-start gap-3 px-3 py-2 outline-none data-[highlighted]:bg-sunken"
              >
                <TypeTile icon={definition.icon} color="start" />
                <span className="min-w-0">
                  <span className="block font-medium">{definition.title}</span>
                  <span className="block text-dense text-ink-2">{definition.hint}</span>
                </span>
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
