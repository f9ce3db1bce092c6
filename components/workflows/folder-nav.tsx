import { clsx } from "clsx";
import { Folder, Layers, Tag, Trash2, type LucideIcon } from "lucide-react";
import type { WorkflowListItem } from "@/core/contracts/workflow";
import { folderTree, tagCounts, type WorkflowFilter } from "./workflow-filter";

interface FolderNavProps {
  items: readonly WorkflowListItem[];
  filter: WorkflowFilter;
  inTrash: boolean;
  onFilter: (change: Partial<WorkflowFilter>) => void;
  onTrash: () => void;
}

/** Folders and tags beside the list; each click narrows or widens it. */
export function FolderNav({ items, filter, inTrash, onFilter, onTrash }: FolderNavProps) {
  const folders = folderTree(items);
  const tags = tagCounts(items);
  const isAll = !inTrash && filter.folder === null && filter.tag === null;
  return (
    <nav aria-label="Folders and tags" className="flex flex-col gap-0.5 max-lg:hidden">
      <Entry
        icon={Layers}
        label="All workflows"
        count={items.length}
        current={isAll}
        onClick={() => onFilter({ folder: null, tag: null })}
      />
      {folders.map(({ path, name, depth, count }) => (
        <Entry
          key={path}
          icon={Folder}
          label={name}
          count={count}
          depth={depth}
          current={!inTrash && filter.folder === path}
          onClick={() => onFilter({ folder: path })}
        />
      ))}
      {tags.length > 0 && <p className="mt-4 px-2.5 pb-1 text-label font-medium text-ink-3">Tags</p>}
      {tags.map(({ tag, count }) => (
        <Entry
          key={tag}
          icon={Tag}
          label={tag}
          count={count}
          current={!inTrash && filter.tag === tag}
          onClick={() => onFilter({ tag: filter.tag === tag ? null : tag })}
        />
      ))}
      <span className="mt-4" />
      <Entry icon={Trash2} label="Trash" current={inTrash} onClick={onTrash} />
    </nav>
  );
}

function Entry({
  icon: Icon,
  label,
  count,
  depth = 0,
  current,
  onClick,
}: {
  icon: LucideIcon;
  label: string;
  count?: number;
  depth?: number;
  current: boolean;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      aria-current={current ? "true" : undefined}
      onClick={onClick}
      style={{ paddingLeft: 10 + depth * 16 }}
      className={clsx(
        "flex h-8 items-center gap-2 rounded-control pr-2.5 text-left text-dense",
        current ? "bg-sunken font-medium text-ink" : "text-ink-2 hover:bg-sunken hover:text-ink",
      )}
    >
      <Icon size={15} aria-hidden className="shrink-0" />
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {count !== undefined && <span className="text-label text-ink-3">{count}</span>}
    </button>
  );
}
