"use client";
import { Menu } from "@base-ui/react/menu";
import { Copy, Download, Ellipsis, FolderInput, Trash2, type LucideIcon } from "lucide-react";

interface WorkflowMenuProps {
  name: string;
  /** Without the right to change workflows there is only the export. */
  mayEdit: boolean;
  onOrganize: () => void;
  onDuplicate: () => void;
  onExport: () => void;
  onTrash: () => void;
}

/** What can be done with one workflow of the list. */
export function WorkflowMenu({ name, mayEdit, onOrganize, onDuplicate, onExport, onTrash }: WorkflowMenuProps) {
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={`More for ${name}`}
        className="inline-flex size-8 items-center justify-center rounded-control text-ink-2 hover:bg-hairline hover:text-ink max-sm:size-11"
      >
        <Ellipsis size={18} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-50">
          <Menu.Popup className="w-60 animate-appear rounded-card border border-hairline bg-surface p-1.5 shadow-lg outline-none">
            {mayEdit && (
              <>
                <Entry icon={FolderInput} label="Name, folder, tags, owner" onClick={onOrganize} />
                <Entry icon={Copy} label="Duplicate" onClick={onDuplicate} />
              </>
            )}
            <Entry icon={Download} label="Export as file" onClick={onExport} />
            {mayEdit && <Entry icon={Trash2} label="Move to trash" onClick={onTrash} />}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Entry({ icon: Icon, label, onClick }: { icon: LucideIcon; label: string; onClick: () => void }) {
  return (
    <Menu.Item
      onClick={onClick}
      className="flex h-9 cursor-pointer items-center gap-2 rounded-control px-2.5 outline-none data-[highlighted]:bg-sunken max-sm:h-11"
    >
      <Icon size={16} aria-hidden className="text-ink-2" /> {label}
    </Menu.Item>
  );
}
